/** What is used of the plan, over all stores of the merchant. */

import { ApiError, get } from "/static/core/js/api.js";
import { BILLING } from "/static/billing/store/js/billing-api.js";

export function planUsage() {
  return {
    state: "loading",
    error: "",
    metrics: [],

    init() {
      this.load();
      window.addEventListener("billing-changed", () => this.load());
    },

    async load() {
      try {
        const { data } = await get(`${BILLING}/usage`);
        this.metrics = data;
        this.state = data.length ? "filled" : "empty";
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },
  };
}
