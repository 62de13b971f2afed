/** Where the billing page asks, and how it leaves for Stripe's pages. */

import { newIdempotencyKey, post } from "/static/core/js/api.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { meta } from "/static/core/js/page-data.js";
import { toast } from "/static/core/js/toast.js";

export const BILLING = "/api/v1/store/billing";

/** An address of ours that a link opens: the store is named in it, since links send no headers. */
export const linked = (path) => `${BILLING}/${path}?store=${encodeURIComponent(meta("store-code"))}`;

/**
 * Ask for a page of Stripe's and go there; `name` is where its address stands in the answer.
 * Without payments it says so instead. The page stays busy until it is left.
 */
export async function leaveFor(path, body, { name, configured }) {
  if (!configured) return toast(t("billing.pay.script.not_configured"), { tone: "bad" });
  const { data } = await post(`${BILLING}/${path}`, body, { idempotencyKey: newIdempotencyKey() });
  location.assign(data[name]);
  return new Promise(() => {});
}

/** A component's methods one at a time: `run("cancel", row)`, `busy`. */
export const oneAtATime = () =>
  once(function act(name, ...given) {
    return this[name](...given);
  });

/** Everything on the page may be different now. */
export const changed = () => window.dispatchEvent(new CustomEvent("billing-changed"));
