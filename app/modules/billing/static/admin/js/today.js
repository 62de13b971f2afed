/** The operators' first page: what needs a look today. */

import { ApiError, get } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { date, money } from "/static/core/js/format.js";
import { ADMIN } from "./tier-address.js";

const SHOWN = 5;

/** The first few subscriptions of a filter, the most urgent first. */
function shortList(filter) {
  return {
    state: "loading",
    error: "",
    items: [],

    init() {
      this.load();
    },

    async load() {
      this.state = "loading";
      try {
        const { data } = await get(`${ADMIN}?${filter}&sort=period_end&limit=${SHOWN}`);
        Object.assign(this, { items: data.items, state: data.items.length ? "filled" : "empty" });
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },
  };
}

const endingTrials = () =>
  combine(shortList("status=trial"), { factOf: (row) => date(row.trial_ends_at ?? row.period_end) });

const failingPayments = () =>
  combine(shortList("past_due=true"), { factOf: (row) => money(row.owed_cents, row.currency) });

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("endingTrials", endingTrials);
  Alpine.data("failingPayments", failingPayments);
});
