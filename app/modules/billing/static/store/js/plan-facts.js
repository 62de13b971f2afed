/** What is known of a plan's money and dates, in words; what does not apply is left out. */

import { date, money } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { priceOf } from "/static/billing/store/js/plan-cards.js";

export function planFacts(plan) {
  const { tier, is_annual: yearly, is_trial: tried, next_billing_at: next } = plan;
  const price = tier && priceOf(tier, yearly);
  const interval = t(`billing.plan.script.${yearly ? "a_year" : "a_month"}`);
  // The end of the period says something only where nothing else happens then.
  const ends = !tried && !plan.cancel_at && !next;
  const facts = {
    price: tier && price !== null && `${money(price, tier.currency)} ${interval}`,
    trial_ends_at: tried && date(plan.trial_ends_at),
    period_end: ends && date(plan.period_end),
    next_billing_at: next && date(next),
  };
  return Object.entries(facts)
    .filter(([, value]) => value)
    .map(([name, value]) => ({ name: t(`billing.plan.script.fact_${name}`), value }));
}
