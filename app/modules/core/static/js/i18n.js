/** Texts in the reader's language, from the server's catalogs; see `messages_json`. */

import { json } from "./page-data.js";

const messages = json("messages");
const rules = json("formats");

// French counts zero as one; German, English and Luxembourgish do not.
const PLURAL_FORM = {
  one: (count) => (count === 1 ? 0 : 1),
  fr: (count) => (count > 1 ? 1 : 0),
};

/** The text of a key, `{name}` replaced by `params.name`. */
export function t(key, params = {}) {
  return fill(formsOf(key)[0], params);
}

/** The form of a key that fits a number, which the text may use as `{count}`. */
export function tn(key, count, params = {}) {
  const forms = formsOf(key);
  const form = PLURAL_FORM[rules.plural](count);
  return fill(forms[Math.min(form, forms.length - 1)], { count, ...params });
}

// An unknown key is shown as it is and complained of: one odd word is better than no page.
function formsOf(key) {
  if (messages[key]) return messages[key];
  console.error(`no text for ${key}`);
  return [key];
}

function fill(text, params) {
  return text.replace(/\{(\w+)\}/g, (place, name) => params[name] ?? place);
}
