/** What happened in a store: sales and orders a day, and what is expected where the plan has it. */

import { ApiError, get } from "/static/core/js/api.js";
import { date, money, number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { useFeatures } from "/static/billing/js/features.js";
import { accuracyText } from "/static/monitoring/js/accuracy.js";

const DAY_MS = 86_400_000;

useFeatures("analytics_dashboard", "revenue_forecast");

function storeAnalytics() {
  return {
    days: "30",
    error: "",
    found: null,
    sales: null,
    orders: null,

    init() {
      return this.load();
    },

    async load() {
      this.error = "";
      try {
        this.found = (await get(`/api/v1/store/analytics?days=${this.days}`)).data;
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        this.error = failure.message;
        return;
      }
      this.sales = plotOf(this.found, "sales");
      this.orders = plotOf(this.found, "orders");
    },

    /** How good the forecast of a series was; empty where there is none. */
    accuracy(code) {
      const one = seriesOf(this.found, code);
      return one?.expected.length ? accuracyText(one.accuracy) : "";
    },

    total(code) {
      const one = seriesOf(this.found, code);
      return one ? writer(one, this.found)(one.total) : "";
    },

    isLocked(code) {
      return this.$store.features.isLocked(code);
    },

    lockedText(code) {
      const tier = this.$store.features.tierOf(code);
      return t(`monitoring.store.script.${code}`, { tier });
    },
  };
}

function seriesOf(found, code) {
  return found?.series.find((one) => one.code === code);
}

function writer(one, { currency }) {
  return one.unit === "cents" ? (value) => money(Math.round(value), currency) : (value) => number(Math.round(value));
}

function plotOf(found, code) {
  const one = seriesOf(found, code);
  if (!one) return null;
  const ahead = one.expected.map((_, place) => daysAfter(found.days.at(-1), place));
  const labels = [...found.days, ...ahead.slice(1)].map((day) => date(day, "medium"));
  const series = [{ label: one.name, tone: "accent", values: [...one.values, ...ahead.slice(1).map(() => null)] }];
  if (one.expected.length) {
    const behind = one.values.slice(1).map(() => null);
    series.push({ label: t("monitoring.store.script.expected"), tone: "info", dashed: true, values: [...behind, ...one.expected] });
  }
  return { kind: "line", labels, series, write: writer(one, found) };
}

// The first expected day is today: it is still going on.
function daysAfter(day, count) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

document.addEventListener("alpine:init", () => window.Alpine.data("storeAnalytics", storeAnalytics));
