/** Tiers: the list, the form of one, its deletion. */

import { amountText, centsOf } from "/static/core/js/amount.js";
import { ApiError, remove } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { confirm } from "/static/core/js/confirm.js";
import { closeDialog, openDialog } from "/static/core/js/dialog.js";
import { form } from "/static/core/js/form.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { json } from "/static/core/js/page-data.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { toast } from "/static/core/js/toast.js";
import { addressOf, TIERS } from "/static/billing/admin/js/tier-address.js";
import { tierFeatures } from "/static/billing/admin/js/tier-features.js";

const DIGITS = 2; // of every currency that platforms may have so far
const TONES = { active: "good", private: "info", inactive: "neutral" };
const TEXTS = ["name_i18n", "description_i18n"];
const PRICES = ["price_monthly_cents", "price_annual_cents"];
const STRIPE = ["stripe_product_id", "stripe_price_monthly_id", "stripe_price_annual_id"];
const SWITCHES = ["is_active", "is_public"];

function tiers() {
  const writable = json("writable");
  return combine(resourceTable({ url: TIERS, sort: "display_order", limit: 200 }), once(deleteTier), {
    get figures() {
      const count = (test) => this.items.filter(test).length;
      return {
        total: this.items.length,
        active: count((row) => row.is_active),
        public: count((row) => row.is_active && row.is_public),
      };
    },

    isWritable: (row) => writable.includes(row.platform.id),
    statusText: (row) => t(`billing.tiers.script.${statusOf(row)}`),
    toneOf: (row) => TONES[statusOf(row)],
    edit: (row) => openDialog("tier-form", row),
    features: (row) => openDialog("tier-features", { ...row, mayWrite: writable.includes(row.platform.id) }),
  });
}

function statusOf(row) {
  if (!row.is_active) return "inactive";
  return row.is_public ? "active" : "private";
}

async function deleteTier(row) {
  const agreed = await confirm({
    title: t("billing.tiers.script.delete_title", { name: row.name }),
    text: t("billing.tiers.script.delete_text"),
    action: t("billing.tiers.script.delete"),
    danger: true,
  });
  if (!agreed) return;
  await remove(addressOf(row), { etag: `"v${row.version}"` });
  toast(t("billing.tiers.script.deleted"));
  await this.load();
}

/** One form for a new tier (POST) and a known one (PATCH); texts by language are flat fields. */
function tierForm() {
  const initial = { platform_id: json("writable")[0], code: "", rank: 1, display_order: 0 };
  for (const name of [...PRICES, ...STRIPE]) initial[name] = "";
  for (const name of SWITCHES) initial[name] = true;
  return combine(
    form({
      url: (values) => (values.id ? addressOf(values) : TIERS),
      method: ({ id }) => (id ? "PATCH" : "POST"),
      initial,
      toBody,
      savedText: t("billing.tiers.script.saved"),
      idempotent: true,
      onSaved() {
        closeDialog("tier-form");
        window.dispatchEvent(new CustomEvent("tier-saved"));
      },
    }),
    {
      opened(row) {
        if (row.id) this.fill(flat(row), { etag: `"v${row.version}"` });
        else this.fill({});
      },
    },
  );
}

function flat(row) {
  const values = { ...row, platform_id: row.platform.id };
  for (const name of TEXTS) {
    for (const [locale, text] of Object.entries(row[name])) values[`${name}.${locale}`] = text;
  }
  for (const name of PRICES) values[name] = row[name] === null ? "" : amountText(row[name], DIGITS);
  for (const name of STRIPE) values[name] = row[name] ?? "";
  return values;
}

function toBody(values) {
  const body = { rank: Number(values.rank), display_order: Number(values.display_order) };
  for (const name of TEXTS) body[name] = textsOf(values, name);
  for (const name of PRICES) body[name] = values[name] === "" ? null : cents(name, values[name]);
  for (const name of STRIPE) body[name] = values[name] || null;
  for (const name of SWITCHES) body[name] = values[name];
  if (!values.id) Object.assign(body, { platform_id: Number(values.platform_id), code: values.code });
  return body;
}

function cents(name, text) {
  const found = centsOf(text, DIGITS);
  if (found !== null) return found;
  throw new ApiError(t("billing.tiers.script.check"), {
    errors: { [name]: t("billing.tiers.script.price_unreadable") },
  });
}

function textsOf(values, name) {
  const own = Object.entries(values).filter(([key, text]) => key.startsWith(`${name}.`) && text);
  return Object.fromEntries(own.map(([key, text]) => [key.slice(name.length + 1), text]));
}

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("tiers", tiers);
  Alpine.data("tierForm", tierForm);
  Alpine.data("tierFeatures", tierFeatures);
});
