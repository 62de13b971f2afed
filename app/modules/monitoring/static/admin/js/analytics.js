/** Revenue: the present, the movements of a year, who stays, and what is expected. */

import { ApiError, get } from "/static/core/js/api.js";
import { saveCsv, tableRows } from "/static/core/js/csv.js";
import { money, number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { accuracyText } from "/static/monitoring/js/accuracy.js";

const MOVEMENTS = [
  { name: "new", tone: "good" },
  { name: "expansion", tone: "info" },
  { name: "reactivation", tone: "accent" },
  { name: "contraction", tone: "warn" },
  { name: "churn", tone: "bad" },
];
const PER_YEAR = 12;
// As strong as the ink on it stays readable, light and dark.
const STRONGEST = 40;

function analytics() {
  return {
    platform: "",
    error: "",
    found: null,
    movements: null,
    outlook: null,
    churn: null,

    init() {
      return this.load();
    },

    async load() {
      this.error = "";
      try {
        const asked = this.platform ? `?platform_id=${this.platform}` : "";
        this.found = (await get(`/api/v1/admin/subscriptions/analytics${asked}`)).data;
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        this.error = failure.message;
        return;
      }
      this.movements = movementsOf(this.found);
      this.outlook = outlookOf(this.found);
      this.churn = churnOf(this.found);
    },

    cents(name) {
      if (!this.found) return "";
      return this.found[name] === null ? "–" : money(this.found[name], this.found.currency);
    },

    rate(name) {
      if (!this.found) return "";
      return percent(this.found[name]);
    },

    get outlookText() {
      if (!this.found) return "";
      const { accuracy, expected } = this.found;
      return expected.length ? accuracyText(accuracy) : t("monitoring.analytics.script.no_forecast");
    },

    get isEmpty() {
      return this.found !== null && this.found.cohorts.length === 0;
    },

    get ages() {
      return Array.from({ length: this.found?.cohorts[0]?.retention.length ?? 0 }, (_, age) => age);
    },

    saveCohorts(name) {
      saveCsv(name, tableRows(this.$refs.cohorts));
    },

    ageText: (age) => t("monitoring.analytics.script.age", { age }),

    get cohorts() {
      return (this.found?.cohorts ?? []).map(({ month, size, retention }) => ({
        month: monthText(month),
        size: number(size),
        cells: retention.map((share, age) => cellOf(share, age)),
      }));
    },
  };
}

function cellOf(share, age) {
  return { age, text: percent(share), style: { "--heat": `${Math.round(share * STRONGEST)}%` } };
}

function movementsOf({ months, currency }) {
  return {
    kind: "bar",
    labels: months.map((one) => monthText(one.month)),
    write: (value) => money(Math.round(value), currency),
    series: MOVEMENTS.map(({ name, tone }) => ({
      label: t(`monitoring.analytics.script.${name}`),
      tone,
      stack: "movements",
      values: months.map((one) => one[`${name}_arr_cents`] / PER_YEAR),
    })),
  };
}

function outlookOf({ months, expected, currency }) {
  const past = months.map((one) => one.closing_mrr_cents);
  const behind = [...past.slice(1).map(() => null), past.at(-1)];
  const ahead = (name) => [...behind, ...expected.map((one) => one[name] / PER_YEAR)];
  const foretold = [
    { label: t("monitoring.analytics.script.expected"), tone: "info", dashed: true, values: ahead("mean") },
    { label: t("monitoring.analytics.script.within_80"), tone: "info", low: ahead("low_80"), high: ahead("high_80") },
    { label: t("monitoring.analytics.script.within_95"), tone: "info", low: ahead("low_95"), high: ahead("high_95") },
  ];
  return {
    kind: "line",
    labels: [...months, ...expected].map((one) => monthText(one.month)),
    write: (value) => money(Math.round(value), currency),
    series: [
      { label: t("monitoring.analytics.script.mrr"), tone: "accent", values: [...past, ...expected.map(() => null)] },
      ...(expected.length ? foretold : []),
    ],
  };
}

function churnOf({ months }) {
  return {
    kind: "line",
    labels: months.map((one) => monthText(one.month)),
    write: percent,
    series: [
      { label: t("monitoring.analytics.script.logo_churn"), tone: "accent", values: months.map((one) => one.logo_churn) },
      { label: t("monitoring.analytics.script.revenue_churn"), tone: "bad", values: months.map((one) => one.revenue_churn) },
    ],
  };
}

// "2026-11-01" → "2026-11": months sort as they are written, in every language.
function monthText(day) {
  return day.slice(0, 7);
}

function percent(share) {
  return share === null ? "–" : `${number(share * 100, 1)} %`;
}

document.addEventListener("alpine:init", () => window.Alpine.data("analytics", analytics));
