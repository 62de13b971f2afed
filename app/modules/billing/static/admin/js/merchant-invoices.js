/** What was billed to one merchant, and giving all or part of it back (D23). */

import { amountText } from "/static/core/js/amount.js";
import { combine } from "/static/core/js/component.js";
import { closeDialog, openDialog } from "/static/core/js/dialog.js";
import { form } from "/static/core/js/form.js";
import { money } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { json } from "/static/core/js/page-data.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { toast } from "/static/core/js/toast.js";
import { invoiceRows } from "/static/billing/js/invoice-rows.js";
import { cents, DIGITS } from "./localized-form.js";
import { ADMIN } from "./tier-address.js";

const leftOf = (row) => row.amount_paid_cents - row.refunded_cents;

function merchantInvoices() {
  const url = `${ADMIN}/merchants/${json("merchant").id}/invoices`;
  return combine(resourceTable({ url, sort: "-invoice_date" }), invoiceRows(), {
    subjectText: (row) => row.store?.name ?? t("billing.refund.script.plan"),
    isRefundable: (row) => leftOf(row) > 0,
    refund: (row) => openDialog("refund", row),
  });
}

function refundForm() {
  const editing = form({
    url: ({ address }) => address,
    initial: { address: "", invoice_id: null, amount_cents: "", reason: "" },
    toBody: ({ invoice_id, amount_cents, reason }) => ({
      invoice_id,
      amount_cents: cents("amount_cents", amount_cents),
      reason,
    }),
    idempotent: true,
    onSaved({ amount_cents, currency }) {
      closeDialog("refund");
      toast(t("billing.refund.script.done", { amount: money(amount_cents, currency) }));
      window.dispatchEvent(new CustomEvent("refunded"));
    },
  });
  return combine(editing, {
    row: null,

    opened(row) {
      this.row = row;
      this.fill({
        address: `${ADMIN}/merchants/${json("merchant").id}/platforms/${row.platform.id}/refund`,
        invoice_id: row.id,
        amount_cents: amountText(leftOf(row), DIGITS),
      });
    },

    get explanation() {
      if (!this.row) return "";
      const { currency, invoice_number } = this.row;
      const left = money(leftOf(this.row), currency);
      return t("billing.refund.script.explanation", { left, number: invoice_number ?? "–" });
    },
  });
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("merchantInvoices", merchantInvoices);
  window.Alpine.data("refundForm", refundForm);
});
