/** The subscriptions of a merchant on its page for operators. */

import { ApiError, get } from "/static/core/js/api.js";
import { money } from "/static/core/js/format.js";
import { statusText, statusTone } from "/static/billing/store/js/plan-status.js";
import { ADMIN } from "./tier-address.js";

function merchantPlans(merchantId) {
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
        const { data } = await get(`${ADMIN}?merchant_id=${merchantId}&limit=200`);
        Object.assign(this, { items: data.items, state: data.items.length ? "filled" : "empty" });
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },

    statusText: (row) => statusText(row.status),
    statusTone: (row) => statusTone(row.status),
    revenueOf: (row) => money(row.mrr_cents, row.currency),
    exceptionsAt: (row) => `/admin/merchants/${merchantId}/features?platform_id=${row.platform.id}`,
  };
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("merchantPlans", merchantPlans);
});
