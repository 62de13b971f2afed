/** One plan of a merchant with everything it holds: 0 is none, null is unlimited (D8). */

import { ApiError, get } from "/static/core/js/api.js";
import { number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { json } from "/static/core/js/page-data.js";
import { planFacts } from "/static/billing/store/js/plan-facts.js";
import { statusText, statusTone } from "/static/billing/store/js/plan-status.js";

function ownPlan() {
  const { id, platform_id: platform } = json("merchant");
  return {
    state: "loading",
    error: "",
    plan: null,
    usage: [],

    init() {
      this.load();
    },

    async load() {
      try {
        const address = `/api/v1/merchant/subscriptions/${platform}?merchant_id=${id}`;
        const { data } = await get(address);
        Object.assign(this, { plan: data.subscription, usage: data.usage, state: "filled" });
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },

    get planName() {
      return this.plan.tier?.name ?? t("billing.plan.script.none");
    },

    get statusText() {
      return statusText(this.plan.status);
    },

    get statusTone() {
      return statusTone(this.plan.status);
    },

    get facts() {
      return planFacts(this.plan);
    },

    get limits() {
      return this.plan.tier?.feature_limits ?? [];
    },

    limitText({ feature_type: type, limit_value: limit }) {
      if (type === "binary") return t("billing.plan.script.included");
      return limit === null ? t("billing.plan.script.unlimited") : number(limit);
    },
  };
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("ownPlan", ownPlan);
});
