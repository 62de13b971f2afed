/** What tiers have of each other: arithmetic of the cards, without page or server. */

/** The tier before this one, where this one has all that it has; null otherwise. */
export function below(tiers, tier) {
  const before = tiers[tiers.findIndex(({ code }) => code === tier.code) - 1];
  return before && contains(tier, before) ? before : null;
}

/** What a tier adds to another one, or all it has. */
export function added(tier, other) {
  const limits = limitsOf(other);
  return tier.feature_limits.filter((one) => limits.get(one.feature_code) !== one.limit_value);
}

/** The features of `current` that a tier lacks. */
export function missing(tier, current) {
  const limits = limitsOf(tier);
  return (current?.feature_limits ?? []).filter((one) => !limits.has(one.feature_code));
}

/** The price at an interval in minor units; null where it is not sold so. */
export const priceOf = (tier, yearly) => (yearly ? tier.price_annual_cents : tier.price_monthly_cents);

const limitsOf = (tier) =>
  new Map((tier?.feature_limits ?? []).map((one) => [one.feature_code, one.limit_value]));

/** Whether a tier has everything of another one, and at least as much of it. */
function contains(tier, other) {
  const limits = limitsOf(tier);
  return [...limitsOf(other)].every(([code, least]) => limits.has(code) && reaches(limits.get(code), least));
}

// Null is unlimited, in both.
const reaches = (limit, least) => limit === null || (least !== null && limit >= least);
