/** Who owes: how much, since when, and more time or a note of payment for them. */

import { post } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { confirm } from "/static/core/js/confirm.js";
import { closeDialog, openDialog } from "/static/core/js/dialog.js";
import { form } from "/static/core/js/form.js";
import { date, money } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { toast } from "/static/core/js/toast.js";
import { ADMIN } from "./tier-address.js";

const planOf = ({ merchant, platform }) => `${ADMIN}/merchants/${merchant.id}/platforms/${platform.id}`;

function pastDue() {
  const list = resourceTable({ url: `${ADMIN}`, sort: "period_end" });
  const { address } = list;
  return combine(list, once(markPaid), {
    address() {
      return `${address.call(this)}&past_due=true`;
    },

    owedText: (row) => money(row.owed_cents, row.currency),
    mailTo: (row) => `mailto:${row.merchant.contact_email}`,
    isByHand: (row) => row.billing_source === "manual",
    reasonText: (row) => row.last_payment_error ?? "–",
    extend: (row) => openDialog("grace", row),
  });
}

async function markPaid(row) {
  const agreed = await confirm({
    title: t("billing.past_due.script.paid_title", { merchant: row.merchant.name }),
    text: t("billing.past_due.script.paid_text", { amount: money(row.owed_cents, row.currency) }),
    action: t("billing.past_due.script.paid"),
  });
  if (!agreed) return;
  await post(`${planOf(row)}/mark-paid`, {});
  toast(t("billing.past_due.script.paid_now"));
  await this.load();
}

function graceForm() {
  const editing = form({
    url: ({ address }) => `${address}/extend-grace`,
    initial: { address: "", until: "" },
    toBody: ({ until }) => ({ until: new Date(`${until}T23:59:59`).toISOString() }),
    idempotent: true,
    onSaved(plan) {
      closeDialog("grace");
      toast(t("billing.past_due.script.extended", { date: date(plan.grace_until) }));
      window.dispatchEvent(new CustomEvent("grace-extended"));
    },
  });
  return combine(editing, {
    name: "",

    opened(row) {
      this.name = row.merchant.name;
      this.fill({ address: planOf(row), until: row.grace_ends_at?.slice(0, 10) ?? "" });
    },
  });
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("pastDue", pastDue);
  window.Alpine.data("graceForm", graceForm);
});
