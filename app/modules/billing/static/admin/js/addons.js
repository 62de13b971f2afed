/** Add-ons that platforms sell: the list, and the form of one. */

import { amountText } from "/static/core/js/amount.js";
import { combine } from "/static/core/js/component.js";
import { closeDialog, openDialog } from "/static/core/js/dialog.js";
import { form } from "/static/core/js/form.js";
import { money } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { json } from "/static/core/js/page-data.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { cents, DIGITS, flatTexts, textsOf } from "./localized-form.js";

const ADDONS = "/api/v1/admin/addons";
const TEXTS = ["name_i18n", "description_i18n"];
const NUMBERS = ["quantity", "display_order"];
const STRIPE = ["stripe_product_id", "stripe_price_id"];
const PLAIN = ["category", "billing_period", "is_active"];

function addons() {
  const writable = json("writable");
  return combine(resourceTable({ url: ADDONS, filters: ["platform_id"], sort: "display_order" }), {
    isWritable: (row) => writable.includes(row.platform.id),
    priceText: (row) =>
      t(`billing.offered.script.${row.billing_period}`, { price: money(row.price_cents, row.currency) }),
    statusText: (row) => t(`billing.tiers.script.${row.is_active ? "active" : "inactive"}`),
    toneOf: (row) => (row.is_active ? "good" : "neutral"),
    edit: (row) => openDialog("addon-form", row),
  });
}

function addonForm() {
  const editing = form({
    url: ({ id }) => (id ? `${ADDONS}/${id}` : ADDONS),
    method: ({ id }) => (id ? "PATCH" : "POST"),
    initial: {
      platform_id: json("writable")[0],
      code: "",
      category: "",
      price_cents: "",
      billing_period: "month",
      quantity: 1,
      display_order: 0,
      stripe_product_id: "",
      stripe_price_id: "",
      is_active: true,
    },
    toBody,
    savedText: t("billing.offered.script.saved"),
    idempotent: true,
    onSaved() {
      closeDialog("addon-form");
      window.dispatchEvent(new CustomEvent("addon-saved"));
    },
  });
  return combine(editing, {
    opened(row) {
      if (row.id) this.fill(flat(row), { etag: `"v${row.version}"` });
      else this.fill({});
    },
  });
}

function flat(row) {
  const names = ["id", ...PLAIN, ...NUMBERS];
  return {
    ...Object.fromEntries(names.map((name) => [name, row[name]])),
    ...Object.fromEntries(STRIPE.map((name) => [name, row[name] ?? ""])),
    ...flatTexts(row, TEXTS),
    price_cents: amountText(row.price_cents, DIGITS),
  };
}

function toBody(values) {
  const body = { price_cents: cents("price_cents", values.price_cents) };
  for (const name of TEXTS) body[name] = textsOf(values, name);
  for (const name of NUMBERS) body[name] = Number(values[name]);
  for (const name of STRIPE) body[name] = values[name] || null;
  for (const name of PLAIN) body[name] = values[name];
  if (!values.id) Object.assign(body, { platform_id: Number(values.platform_id), code: values.code });
  return body;
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("addons", addons);
  window.Alpine.data("addonForm", addonForm);
});
