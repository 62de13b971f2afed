/** What would change if plans, or those who have them, changed. */

import { combine } from "/static/core/js/component.js";
import { form } from "/static/core/js/form.js";
import { date, money, number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";

const URL = "/api/v1/admin/platform-health/what-if";
const INITIAL = {
  platform: "",
  "move.from_tier": "",
  "move.to_tier": "",
  "move.percent": "20",
  "limit.tier": "",
  "limit.feature": "max_products",
  "limit.value": "",
  "growth.tier": "",
  "growth.per_month": "30",
  "growth.months": "1",
};
const NUMBERS = new Set(["percent", "value", "per_month", "months"]);
const said = (key, params) => t(`monitoring.what_if.script.${key}`, params);
// An empty field is null: an unlimited value, or one that the server says is missing.
const amount = (text) => (text === "" ? null : Number(text));

function whatIf() {
  const asking = form({
    url: ({ platform }) => (platform ? `${URL}?platform_id=${platform}` : URL),
    initial: INITIAL,
    toBody: scenarioOf,
    onSaved(found) {
      this.found = found;
    },
  });
  return combine(asking, {
    found: null,

    init() {
      const first = this.$root.querySelector("[name='move.to_tier']").value;
      this.fill({ platform: this.$root.dataset.platform ?? "", "move.to_tier": first });
    },

    get rows() {
      return this.found ? rowsOf(this.found) : [];
    },
  });
}

function scenarioOf(values) {
  const part = (name, fields) => (values[`${name}.${fields[0]}`] ? fieldsOf(values, name, fields) : null);
  return {
    move: part("move", ["from_tier", "to_tier", "percent"]),
    limit: part("limit", ["tier", "feature", "value"]),
    growth: part("growth", ["tier", "per_month", "months"]),
  };
}

function fieldsOf(values, name, fields) {
  const read = (field) => {
    const value = values[`${name}.${field}`];
    return NUMBERS.has(field) ? amount(value) : value;
  };
  return Object.fromEntries(fields.map((field) => [field, read(field)]));
}

function rowsOf({ products, orders_monthly: orders, mrr_cents: mrr, next_step: step }) {
  const day = (value) => dayText(value, step.insufficient_data);
  return [
    row(said("products"), products, allowanceText),
    row(said("orders_monthly"), orders, allowanceText),
    row(said("mrr"), mrr, (cents) => money(cents, "EUR")),
    row(step.size ? said("next_step", { clients: step.size.clients }) : said("next_step_none"), step.on, day),
  ];
}

function row(name, { before, after }, write) {
  return { name, before: write(before), after: write(after) };
}

function allowanceText({ limit, unlimited }) {
  if (!unlimited) return number(limit);
  return said("with_unlimited", { limit: number(limit), unlimited: number(unlimited) });
}

function dayText(value, isShort) {
  if (value) return date(value, "medium");
  return said(isShort ? "too_short" : "not_foreseen");
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("whatIf", whatIf);
});
