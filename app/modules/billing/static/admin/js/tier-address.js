/** Where tiers live in the API; a code alone may mean tiers of several platforms. */

export const ADMIN = "/api/v1/admin/subscriptions";
export const TIERS = `${ADMIN}/tiers`;

const platformOf = ({ platform }) => new URLSearchParams({ platform_id: platform.id });

export const addressOf = (tier) => `${TIERS}/${tier.code}?${platformOf(tier)}`;
export const impactOf = (tier) => `${TIERS}/${tier.code}/impact?${platformOf(tier)}`;

export function limitsOf(tier, keep = "nobody") {
  const query = platformOf(tier);
  query.set("keep", keep);
  return `${ADMIN}/features/tiers/${tier.code}/limits?${query}`;
}
