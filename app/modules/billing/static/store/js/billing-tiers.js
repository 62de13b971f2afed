/** The tiers to choose from: what each adds, costs and means for whoever has another one (D21). */

import { combine } from "/static/core/js/component.js";
import { openDialog } from "/static/core/js/dialog.js";
import { date, money, number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { BILLING, leaveFor, oneAtATime } from "/static/billing/store/js/billing-api.js";
import { added, below, missing, priceOf } from "/static/billing/store/js/plan-cards.js";

export function planTiers() {
  return combine(oneAtATime(), {
    annual: false,
    chosen: null,

    init() {
      this.annual = this.plan.is_annual;
    },

    get plan() {
      return this.$store.billing.plan;
    },

    get tiers() {
      return this.$store.billing.tiers;
    },

    /** Whether a card tells of a year; a tier that is not sold by the year keeps its month. */
    isYearly(tier) {
      return this.annual && tier.price_annual_cents !== null;
    },

    priceText(tier) {
      return money(priceOf(tier, this.isYearly(tier)), tier.currency);
    },

    intervalText(tier) {
      return t(`billing.plan.script.${this.isYearly(tier) ? "a_year" : "a_month"}`);
    },

    /** How much more or less than today, or what a year saves. */
    differenceText(tier) {
      const yearly = this.isYearly(tier);
      const { current } = this.$store.billing;
      if (yearly && !this.plan.is_annual) return savedText(tier);
      if (!current || tier.is_current || yearly !== this.plan.is_annual) return "";
      const difference = priceOf(tier, yearly) - priceOf(current, yearly);
      const key = difference < 0 ? "less" : "more";
      return t(`billing.offers.script.${key}`, { amount: money(Math.abs(difference), tier.currency) });
    },

    plusText(tier) {
      const lower = below(this.tiers, tier);
      return lower ? t("billing.plan.script.plus", { tier: lower.name }) : "";
    },

    /** What the card lists: what it adds to the tier below. */
    features(tier) {
      return added(tier, below(this.tiers, tier));
    },

    limitText(one) {
      if (one.feature_type === "binary") return t("billing.plan.script.included");
      return one.limit_value === null ? t("billing.plan.script.unlimited") : number(one.limit_value);
    },

    /** What would be gone; lower limits stand in the list above. */
    missing(tier) {
      return missing(tier, this.$store.billing.current);
    },

    kindOf(tier) {
      return this.isYearly(tier) ? tier.change.annual : tier.change.monthly;
    },

    isPending(tier) {
      const { pending_change: pending } = this.plan;
      return pending?.tier_code === tier.code && pending.is_annual === this.isYearly(tier);
    },

    canChoose(tier) {
      return !this.isPending(tier) && !["current", "unavailable"].includes(this.kindOf(tier));
    },

    chooseText(tier) {
      const kind = this.kindOf(tier);
      if (kind === "checkout") return t("billing.offers.script.subscribe", { tier: tier.name });
      if (!tier.is_current) return t("billing.offers.script.change", { tier: tier.name });
      return t(`billing.offers.script.${this.isYearly(tier) ? "to_annual" : "to_monthly"}`);
    },

    /** The one step that most readers take: to keep what is tried, else the next higher tier. */
    isPrimary(tier) {
      const { current } = this.$store.billing;
      if (this.kindOf(tier) === "checkout") return tier.is_current || !current;
      const next = this.tiers[this.tiers.indexOf(current) + 1];
      return this.kindOf(tier) === "upgrade" && next?.code === tier.code;
    },

    /** Why there is no button, where that is not plain to see. */
    noteText(tier) {
      if (this.isPending(tier)) {
        return t("billing.offers.script.pending", { date: date(this.plan.pending_change.effective_at) });
      }
      return this.kindOf(tier) === "unavailable" ? t("billing.offers.script.unavailable") : "";
    },

    async choose(tier) {
      this.chosen = tier.code;
      if (this.kindOf(tier) !== "checkout") return this.open(tier, "change");
      const body = { tier_code: tier.code, is_annual: this.isYearly(tier) };
      const configured = this.plan.payments_configured;
      return leaveFor("checkout", body, { name: "checkout_url", configured });
    },

    /** During a trial of our own a tier may be tried without paying (D21). */
    canTry(tier) {
      return this.plan.billing_source === "trial" && this.plan.is_trial && !tier.is_current;
    },

    open(tier, mode) {
      openDialog("change", {
        title: t(`billing.change.script.${mode}_title`, { tier: tier.name }),
        url: `${BILLING}/change-tier`,
        body: { tier_code: tier.code, is_annual: this.isYearly(tier) },
        currency: tier.currency,
      });
    },

    isBusy(tier) {
      return this.busy && this.chosen === tier.code;
    },
  });
}

function savedText(tier) {
  const saved = 12 * tier.price_monthly_cents - tier.price_annual_cents;
  return saved > 0 ? t("billing.offers.script.saved", { amount: money(saved, tier.currency) }) : "";
}
