/** A store's plan, usage and add-ons on its page for operators. */

import { ApiError, get } from "/static/core/js/api.js";
import { money } from "/static/core/js/format.js";
import { statusText, statusTone } from "/static/billing/store/js/plan-status.js";
import { ADMIN } from "./tier-address.js";

function storePlan(storeId) {
  return {
    state: "loading",
    error: "",
    plan: null,
    addons: [],

    init() {
      this.load();
    },

    async load() {
      this.state = "loading";
      const addresses = [`${ADMIN}/store/${storeId}`, `/api/v1/admin/addons/stores/${storeId}`];
      try {
        const [plan, addons] = await Promise.all(addresses.map((one) => get(one)));
        const state = plan.data.subscription ? "filled" : "none";
        Object.assign(this, { plan: plan.data, addons: addons.data, state });
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },

    get statusText() {
      return statusText(this.plan.subscription.status);
    },

    get statusTone() {
      return statusTone(this.plan.subscription.status);
    },

    priceText: (one) => money(one.price_cents, one.currency),
  };
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("storePlan", storePlan);
});
