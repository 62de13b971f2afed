/** When the limits of the plan are reached at the present pace, where the plan tells it. */

import { ApiError, get } from "/static/core/js/api.js";
import { date } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";

const URL = "/api/v1/store/analytics/limits";

function limitOutlook() {
  return {
    isLoading: true,
    reached: [],
    notice: "",

    init() {
      window.addEventListener("billing-changed", () => this.load());
      return this.load();
    },

    async load() {
      try {
        const { limits, until } = (await get(URL)).data;
        this.reached = limits.filter((one) => isAhead(one)).map(rowOf);
        this.notice = this.reached.length ? "" : quiet(limits, until);
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { reached: [], notice: failure.message });
      }
      this.isLoading = false;
    },
  };
}

// What is reached already, its meter says.
function isAhead({ current, limit, limit_reached_on: day }) {
  return day !== null && current < limit;
}

function rowOf({ feature_code: code, name, limit_reached_on: day }) {
  return { code, name, on: date(day) };
}

function quiet(limits, until) {
  if (limits.length && limits.every((one) => one.insufficient_data)) return t("monitoring.limits.script.insufficient");
  return t("monitoring.limits.script.none", { date: date(until) });
}

document.addEventListener("alpine:init", () => window.Alpine.data("limitOutlook", limitOutlook));
