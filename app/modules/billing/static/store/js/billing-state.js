/** What the sections of the billing page share: `$store.billing`. */

import { ApiError, get } from "/static/core/js/api.js";
import { date, money } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { arrival, arrived, settled } from "/static/billing/store/js/billing-return.js";
import { BILLING, linked } from "/static/billing/store/js/billing-api.js";
import { priceOf } from "/static/billing/store/js/plan-cards.js";

const UNPAID = new Set(["past_due", "unpaid", "incomplete"]);

/**
 * States: loading, confirming and late (back from checkout, our own rows do not tell of it yet:
 * no plan is shown and nothing is for sale), error, filled.
 */
export function billingState() {
  return {
    state: "loading",
    error: "",
    plan: null,
    tiers: [],
    usage: [],
    owed: null,
    outcome: "",
    session: null,

    init() {
      window.addEventListener("billing-changed", () => this.load());
      // The back button may bring the page as it was before somebody paid.
      window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
      const { outcome, session } = arrival();
      this.session = session;
      if (session) return this.confirm();
      this.outcome = outcome;
      return this.load();
    },

    async confirm() {
      this.state = "confirming";
      const outcome = await settled(this.session);
      if (outcome === "late") {
        this.state = "late";
        return;
      }
      arrived();
      this.outcome = outcome;
      await this.load();
    },

    async load() {
      try {
        // What stands on top comes at once, so that nothing moves below it.
        const [plan, tiers, usage] = await Promise.all(
          ["subscription", "tiers", "usage"].map((part) => get(`${BILLING}/${part}`)),
        );
        const owed = UNPAID.has(plan.data.status) ? await openInvoice() : null;
        Object.assign(this, { plan: plan.data, tiers: tiers.data, usage: usage.data, owed });
        this.state = "filled";
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },

    /** The tier that is subscribed to, with what it holds. */
    get current() {
      return this.tiers.find((tier) => tier.is_current) ?? null;
    },

    nameOf(code) {
      return this.tiers.find((tier) => tier.code === code)?.name ?? code;
    },

    /** What the last checkout came to, in words; empty where there was none. */
    get outcomeTitle() {
      return this.outcome ? t(`billing.return.script.${this.outcome}`) : "";
    },

    get outcomeText() {
      if (this.outcome !== "plan") return t(`billing.return.script.${this.outcome}_text`);
      const { tier, is_annual: yearly, is_trial: tried, next_billing_at: next } = this.plan;
      if (!tier || !next) return "";
      const price = money(priceOf(tier, yearly), tier.currency);
      const key = tried ? "first_charge" : "next_charge";
      return t(`billing.return.script.${key}`, { price, date: date(next) });
    },

    /** Whether the last checkout ended well. */
    get isSettled() {
      return ["plan", "addon"].includes(this.outcome);
    },

    /** Where the open invoice is paid; empty where nothing is owed. */
    get payAddress() {
      return this.owed ? linked(`invoices/${this.owed.id}/pay`) : "";
    },
  };
}

async function openInvoice() {
  const { data } = await get(`${BILLING}/invoices?limit=50`);
  return data.items.find((one) => one.status === "open") ?? null;
}
