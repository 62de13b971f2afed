/** One form for a new tier (POST) and a known one (PATCH); texts by language are flat fields. */

import { amountText } from "/static/core/js/amount.js";
import { get } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { closeDialog } from "/static/core/js/dialog.js";
import { form } from "/static/core/js/form.js";
import { t } from "/static/core/js/i18n.js";
import { json } from "/static/core/js/page-data.js";
import { isConflict, ownChanges } from "./conflict.js";
import { cents, DIGITS, flatTexts, textsOf } from "./localized-form.js";
import { addressOf, TIERS } from "./tier-address.js";

const TEXTS = ["name_i18n", "description_i18n"];
const PRICES = ["price_monthly_cents", "price_annual_cents"];
const STRIPE = ["stripe_product_id", "stripe_price_monthly_id", "stripe_price_annual_id"];
const SWITCHES = ["is_active", "is_public"];

export function tierForm() {
  const initial = { platform_id: json("writable")[0], code: "", rank: 1, display_order: 0 };
  for (const name of [...PRICES, ...STRIPE]) initial[name] = "";
  for (const name of SWITCHES) initial[name] = true;
  const editing = form({
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
  });
  const { refuse } = editing;
  return combine(editing, {
    conflict: false,
    before: {},

    opened(row) {
      this.conflict = false;
      if (row.id) this.read(row);
      else this.fill({});
    },

    read(row, changes = {}) {
      this.before = flat(row);
      this.fill({ ...this.before, ...changes }, { etag: `"v${row.version}"` });
    },

    refuse(error) {
      this.conflict = isConflict(error);
      refuse.call(this, error);
    },

    async rebase() {
      const changes = ownChanges(this.values, this.before);
      try {
        const { data } = await get(addressOf(this.values));
        this.read(data, changes);
        Object.assign(this, { conflict: false, message: t("billing.tiers.script.rebased") });
      } catch (failure) {
        refuse.call(this, failure);
      }
    },
  });
}

function flat(row) {
  const values = { ...row, platform_id: row.platform.id, ...flatTexts(row, TEXTS) };
  for (const name of TEXTS) delete values[name];
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
