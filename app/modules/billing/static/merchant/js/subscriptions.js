/** The plans of a merchant, one a platform: rows of a table, and cards on the first page. */

import { combine } from "/static/core/js/component.js";
import { money } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { json } from "/static/core/js/page-data.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { keeping } from "/static/tenancy/js/narrowed.js";
import { priceOf } from "/static/billing/store/js/plan-cards.js";
import { planFacts } from "/static/billing/store/js/plan-facts.js";
import { statusText, statusTone } from "/static/billing/store/js/plan-status.js";

function ownPlans() {
  const { query } = json("merchant");
  const table = resourceTable({ url: "/api/v1/merchant/subscriptions" });
  return combine(keeping("merchant_id", table), {
    addressOf: (row) => `/merchant/subscriptions/${row.platform.id}${query}`,
    planOf: (row) => row.tier?.name ?? t("billing.plan.script.none"),
    statusOf: (row) => statusText(row.status),
    toneOf: (row) => statusTone(row.status),
    factsOf: (row) => planFacts(row),

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
