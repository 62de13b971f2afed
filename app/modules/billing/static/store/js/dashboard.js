/** On a store's first page: what is used of the plan, and which plan it is. */

import { ApiError, get } from "/static/core/js/api.js";
import { date } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { statusText, statusTone } from "/static/billing/store/js/plan-status.js";

const BILLING = "/api/v1/store/billing";

/** `seesPlan` is false for those who may know the usage and not the plan (D2). */
function storeUsage(seesPlan) {
  const parts = ["usage", ...(seesPlan ? ["subscription"] : [])];
  return {
    state: "loading",
    error: "",
    usage: [],
    plan: null,

    init() {
      this.load();
    },

    async load() {
      try {
        const [usage, plan] = await Promise.all(parts.map((part) => get(`${BILLING}/${part}`)));
        Object.assign(this, { usage: usage.data, plan: plan?.data ?? null, state: "filled" });
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },

    get planName() {
      return this.plan.tier?.name ?? t("billing.plan.script.none");
    },

    isNear: (metric) => metric.is_approaching_limit || metric.is_at_limit,

    get statusText() {
      return statusText(this.plan.status);
    },

    get statusTone() {
      return statusTone(this.plan.status);
    },

    /** What should be known today: a closed or closing account before a trial's end. */
    get notice() {
      const { access, is_trial: isTrial, trial_ends_at: end } = this.plan;
      if (access !== "full") return t(`billing.plan.script.${access}`);
      return isTrial ? t("billing.dashboard.script.trial_ends", { date: date(end) }) : "";
    },
  };
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("storeUsage", storeUsage);
});
