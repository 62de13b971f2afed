/** The operators' first page: figures of the business, and what needs a look today. */

import { ApiError, get } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { date, money, number } from "/static/core/js/format.js";
import { ADMIN } from "./tier-address.js";

const SHOWN = 5;

function businessFigures() {
  return {
    stats: null,

    init() {
      this.load();
    },

    async load() {
      try {
        this.stats = (await get(`${ADMIN}/stats`)).data;
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure; // the lists below tell the failure
      }
    },

    figure(status) {
      return this.stats ? number(this.stats.by_status[status]) : "";
    },

    get revenue() {
      return this.stats ? money(this.stats.mrr_cents, this.stats.currency) : "";
    },
  };
}

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
  Alpine.data("businessFigures", businessFigures);
  Alpine.data("endingTrials", endingTrials);
  Alpine.data("failingPayments", failingPayments);
});
