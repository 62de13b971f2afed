/** The plan of a store's merchant: read from the API, nothing is changed here. */

import { ApiError, get } from "/static/core/js/api.js";
import { date, money, number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { statusText, statusTone } from "/static/billing/store/js/plan-status.js";

const BILLING = "/api/v1/store/billing";

function billing() {
  return {
    state: "loading",
    error: "",
    plan: null,
    usage: [],
    tiers: [],
    annual: false,

    init() {
      this.load();
    },

    async load() {
      try {
        const [plan, usage, tiers] = await Promise.all(
          ["subscription", "usage", "tiers"].map((part) => get(`${BILLING}/${part}`)),
        );
        Object.assign(this, { plan: plan.data, usage: usage.data, tiers: tiers.data });
        this.annual = this.plan.is_annual;
        this.state = "filled";
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

    /** What the status leaves open, where that is not everything. */
    get accessText() {
      return this.plan.access === "full" ? "" : t(`billing.plan.script.${this.plan.access}`);
    },

    /** What is known of money and dates; what does not apply is left out. */
    get planFacts() {
      const { tier, is_annual: yearly, pending_change: pending } = this.plan;
      const price = yearly ? tier?.price_annual_cents : tier?.price_monthly_cents;
      const facts = {
        price: tier && `${money(price, tier.currency)} ${interval(yearly)}`,
        trial_ends_at: this.plan.is_trial && day(this.plan.trial_ends_at),
        period_end: !this.plan.is_trial && day(this.plan.period_end),
        next_billing_at: day(this.plan.next_billing_at),
        cancel_at: day(this.plan.cancel_at),
        pending: pending && [this.nameOf(pending.tier_code), day(pending.effective_at)].join(", "),
      };
      return Object.entries(facts)
        .filter(([, value]) => value)
        .map(([name, value]) => ({ name: t(`billing.plan.script.fact_${name}`), value }));
    },

    nameOf(code) {
      return this.tiers.find((tier) => tier.code === code)?.name ?? code;
    },

    priceText(tier) {
      return money(this.isYearly(tier) ? tier.price_annual_cents : tier.price_monthly_cents, tier.currency);
    },

    intervalText(tier) {
      return interval(this.isYearly(tier));
    },

    isYearly(tier) {
      return this.annual && tier.price_annual_cents !== null;
    },

    /** The tier before this one, where this one has all that it has; null otherwise. */
    below(tier) {
      const before = this.tiers[this.tiers.findIndex(({ code }) => code === tier.code) - 1];
      return before && contains(tier, before) ? before : null;
    },

    /** What a tier adds to the one below it, or all it has. */
    added(tier) {
      const below = limitsOf(this.below(tier));
      return tier.feature_limits.filter((one) => below.get(one.feature_code) !== one.limit_value);
    },

    plusText(tier) {
      const below = this.below(tier);
      return below ? t("billing.plan.script.plus", { tier: below.name }) : "";
    },

    limitText(one) {
      if (one.feature_type === "binary") return t("billing.plan.script.included");
      if (one.limit_value === null) return t("billing.plan.script.unlimited");
      return number(one.limit_value);
    },
  };
}

const limitsOf = (tier) =>
  new Map((tier?.feature_limits ?? []).map((one) => [one.feature_code, one.limit_value]));

/** Whether a tier has everything of another one, and at least as much of it. */
function contains(tier, other) {
  const limits = limitsOf(tier);
  return [...limitsOf(other)].every(([code, least]) => limits.has(code) && reaches(limits.get(code), least));
}

const reaches = (limit, least) => limit === null || (least !== null && limit >= least);
const day = (instant) => instant && date(instant);
const interval = (yearly) => t(`billing.plan.script.${yearly ? "a_year" : "a_month"}`);

document.addEventListener("alpine:init", () => {
  window.Alpine.data("billing", billing);
});
