/** What happened in a store: sales and orders a day, and what is expected where the plan has it. */

import { ApiError, get } from "/static/core/js/api.js";
import { date, money, number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { useFeatures } from "/static/billing/js/features.js";

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

    total(code) {
      const one = this.found?.series.find((series) => series.code === code);
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

function writer(one, { currency }) {
  return one.unit === "cents" ? (value) => money(Math.round(value), currency) : (value) => number(Math.round(value));
}

function plotOf(found, code) {
  const one = found.series.find((series) => series.code === code);
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
