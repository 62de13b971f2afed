/** What forms of things that are sold have in common: texts by language as flat fields, prices. */

import { centsOf } from "/static/core/js/amount.js";
import { ApiError } from "/static/core/js/api.js";
import { t } from "/static/core/js/i18n.js";

export const DIGITS = 2; // of every currency that platforms may have so far

/** Every text of a row as a field of its own, "name_i18n.de". */
export function flatTexts(row, names) {
  const values = {};
  for (const name of names) {
    for (const [locale, text] of Object.entries(row[name])) values[`${name}.${locale}`] = text;
  }
  return values;
}

/** The texts of one name by language, without empty ones. */
export function textsOf(values, name) {
  const own = Object.entries(values).filter(([key, text]) => key.startsWith(`${name}.`) && text);
  return Object.fromEntries(own.map(([key, text]) => [key.slice(name.length + 1), text]));
}

/** An amount as people type it in minor units. Throws an ApiError at the field. */
export function cents(name, text) {
  const found = centsOf(text, DIGITS);
  if (found !== null) return found;
  throw new ApiError(t("billing.tiers.script.check"), {
    errors: { [name]: t("billing.tiers.script.price_unreadable") },
  });
}
