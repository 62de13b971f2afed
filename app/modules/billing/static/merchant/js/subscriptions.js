/** The plans of a merchant, a row a platform. */

import { combine } from "/static/core/js/component.js";
import { money } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { merchant, merchantTable } from "/static/billing/merchant/js/merchant-table.js";
import { priceOf } from "/static/billing/store/js/plan-cards.js";
import { statusText, statusTone } from "/static/billing/store/js/plan-status.js";

function ownPlans() {
  return combine(merchantTable({ url: "/api/v1/merchant/subscriptions" }), {
    platformOf: (row) => merchant.platforms[row.platform.id] ?? row.platform.code,
    addressOf: (row) => `/merchant/subscriptions/${row.platform.id}${merchant.query}`,
    planOf: (row) => row.tier?.name ?? t("billing.plan.script.none"),
    statusOf: (row) => statusText(row.status),
    toneOf: (row) => statusTone(row.status),

    priceOf({ tier, is_annual: yearly }) {
      if (!tier) return "";
      const interval = t(`billing.plan.script.${yearly ? "a_year" : "a_month"}`);
      return `${money(priceOf(tier, yearly), tier.currency)} ${interval}`;
    },
  });
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("ownPlans", ownPlans);
});
