/** What is used of what was sold, and where every figure is going. */

import { ApiError, get, post } from "/static/core/js/api.js";
import { saveCsv, tableRows } from "/static/core/js/csv.js";
import { date, money, number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { json } from "/static/core/js/page-data.js";
import { toast } from "/static/core/js/toast.js";
import { accuracyText } from "/static/monitoring/js/accuracy.js";
import { bytesText } from "/static/monitoring/js/bytes.js";

const BASE = "/api/v1/admin/platform-health";
const WRITERS = {
  storage_bytes: bytesText,
  database_bytes: bytesText,
  arr_cents: (value) => money(value, "EUR"),
};
const whole = (value) => number(Math.round(value));

function capacity() {
  return {
    metric: "subscriptions",
    days: "90",
    platform: "",
    error: "",
    sold: null,
    trends: null,
    outlook: null,
    plot: null,

    init() {
      return this.load();
    },

    async load() {
      this.error = "";
      try {
        await Promise.all([this.readSold(), this.readTrends(), this.readOutlook()]);
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        this.error = failure.message;
      }
    },

    async readSold() {
      this.sold = (await get(`${BASE}/subscription-capacity${this.query()}`)).data;
    },

    async readTrends() {
      this.trends = (await get(`${BASE}/trends${this.query()}`)).data;
    },

    async readOutlook() {
      this.outlook = (await get(`${BASE}/trends/${this.metric}${this.query()}`)).data;
      this.plot = plotOf(this.outlook);
    },

    query() {
      const asked = new URLSearchParams({ days: this.days });
      if (this.platform) asked.set("platform_id", this.platform);
      return `?${asked}`;
    },

    get meters() {
      if (!this.sold) return [];
      return ["products", "orders_monthly"].map((name) => {
        const { actual, theoretical_limit: limit, utilization_percent: percentage } = this.sold[name];
        const label = t(`monitoring.capacity.script.${name}`);
        return { name: label, current: actual, limit, percentage, key: `${name} ${actual} ${limit}` };
      });
    },

    get unlimitedText() {
      if (!this.sold) return "";
      const { unlimited_subscriptions: plans, actual_unlimited: products } = this.sold.products;
      return t("monitoring.capacity.script.unlimited", { plans: number(plans), products: number(products) });
    },

    get tiers() {
      if (!this.sold) return [];
      const names = json("tiers");
      return Object.entries(this.sold.tier_distribution).map(([code, count]) => ({
        code,
        name: names[code],
        count: number(count),
      }));
    },

    get isShort() {
      return this.trends?.insufficient_data ?? false;
    },

    get growth() {
      return Object.entries(this.trends?.metrics ?? {}).map(([name, one]) => growthRow(name, one));
    },

    saveGrowth(name) {
      saveCsv(name, tableRows(this.$refs.growth));
    },

    get accuracyText() {
      if (!this.outlook) return "";
      const { accuracy, expected } = this.outlook;
      if (!expected.length) return t("monitoring.capacity.script.no_forecast");
      return accuracyText(accuracy);
    },
  };
}

function daily(value) {
  return value === null ? "–" : number(value, 1);
}

function growthRow(name, one) {
  const write = WRITERS[name] ?? whole;
  const shown = (value) => (value === null ? "–" : write(value));
  return {
    name: t(`monitoring.capacity.script.${name}`),
    first: write(one.first),
    last: write(one.last),
    rate: one.growth_rate === null ? "–" : `${number(one.growth_rate, 1)} %`,
    daily: name in WRITERS ? shown(one.daily_projection) : daily(one.daily_projection),
    month: shown(one.monthly_projection),
    range: one.interval_95 ? one.interval_95.map(write).join(" – ") : "–",
    reached: one.limit_reached_on ? date(one.limit_reached_on, "medium") : "–",
  };
}

function plotOf({ metric, past, expected, limit }) {
  const none = (rows) => rows.map(() => null);
  const last = past.at(-1)?.value ?? null;
  const behind = past.length ? [...none(past.slice(1)), last] : [];
  const ahead = (name) => [...behind, ...expected.map((one) => one[name])];
  return {
    kind: "line",
    labels: [...past, ...expected].map((one) => date(one.day, "medium")),
    write: WRITERS[metric] ?? whole,
    limit: nearLimit(limit, past, expected),
    series: [
      { label: t("monitoring.capacity.script.actual"), tone: "accent", values: [...past.map((one) => one.value), ...none(expected)] },
      ...(expected.length
        ? [
            { label: t("monitoring.capacity.script.expected"), tone: "info", dashed: true, values: ahead("mean") },
            { label: t("monitoring.capacity.script.within_80"), tone: "info", low: ahead("low_80"), high: ahead("high_80") },
            { label: t("monitoring.capacity.script.within_95"), tone: "info", low: ahead("low_95"), high: ahead("high_95") },
          ]
        : []),
    ],
  };
}

// A limit far above would press everything else to the ground.
function nearLimit(limit, past, expected) {
  const highest = Math.max(0, ...past.map((one) => one.value), ...expected.map((one) => one.high_95));
  if (limit === null || limit > 2 * highest) return null;
  return { label: t("monitoring.capacity.script.limit"), value: limit };
}

async function takeSnapshot() {
  await post(`${BASE}/snapshot`);
  toast(t("monitoring.capacity.script.taken"));
  window.dispatchEvent(new CustomEvent("snapshot-taken"));
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("capacity", capacity);
  window.Alpine.data("snapshotTaker", () => once(takeSnapshot));
});
