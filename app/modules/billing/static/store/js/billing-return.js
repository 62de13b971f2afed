/** The way back from Stripe's checkout: it waits for our own state and provisions nothing (S6). */

import { ApiError, get } from "/static/core/js/api.js";
import { meta } from "/static/core/js/page-data.js";
import { BILLING } from "/static/billing/store/js/billing-api.js";

const LONGEST_MS = 30_000;
const PAUSE_MS = 1_000;
const ASK_STRIPE_EVERY = 5; // tries: the webhook is nearly always there before

// Kept while a payment is not confirmed, so that leaving the page does not forget it.
const kept = () => `checkout:${meta("store-code")}`;

/** How the reader came here: `{outcome: "done" | "cancelled" | "", session}`. */
export function arrival() {
  const given = new URLSearchParams(location.search);
  const outcome = given.get("checkout") ?? "";
  const session = outcome === "done" ? given.get("session") : null;
  if (session) sessionStorage.setItem(kept(), session);
  return { outcome, session: session ?? sessionStorage.getItem(kept()) };
}

/** The address without what the checkout has added, for reloads and bookmarks. */
export function arrived() {
  sessionStorage.removeItem(kept());
  history.replaceState(null, "", location.pathname);
}

/**
 * Wait until our own rows tell of a session: `plan` or `addon` for what was bought, `expired`,
 * or `late` after half a minute.
 */
export async function settled(session) {
  const end = Date.now() + LONGEST_MS;
  for (let tried = 1; Date.now() < end; tried++) {
    const outcome = await outcomeOf(session, tried % ASK_STRIPE_EVERY === 0);
    if (outcome !== "late") return outcome;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return "late";
}

async function outcomeOf(session, sync) {
  try {
    const { data } = await get(`${BILLING}/checkout/${encodeURIComponent(session)}?sync=${sync}`);
    if (data.is_reflected) return data.purpose;
    return data.state === "expired" ? "expired" : "late";
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    return failure.status === 404 ? "unknown" : "late";
  }
}
