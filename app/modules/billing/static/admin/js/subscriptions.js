/** All subscriptions: figures, list, file, and the way to edit one. */

import { ApiError, get } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { openDialog } from "/static/core/js/dialog.js";
import { money, number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { statusText, statusTone } from "/static/billing/store/js/plan-status.js";
import { subscriptionForm } from "./subscription-form.js";
import { ADMIN } from "./tier-address.js";

const FILTERS = ["status", "tier", "platform_id", "billing_source", "renewing_before", "overrides"];

function subscriptions() {
  const table = resourceTable({ url: ADMIN, filters: FILTERS, sort: "-created_at" });
  const { load, parameters } = table;
  return combine(table, {
    stats: null,

    async load() {
      await Promise.all([load.call(this), this.readFigures()]);
    },

    async readFigures() {
      const scope = this.query.platform_id ? `?platform_id=${this.query.platform_id}` : "";
      try {
        this.stats = (await get(`${ADMIN}/stats${scope}`)).data;
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure; // the list beside it tells the failure
      }
    },

    figure(status) {
      return this.stats ? number(this.stats.by_status[status]) : "";
    },

    get revenue() {
      return this.stats ? money(this.stats.mrr_cents, this.stats.currency) : "";
    },

    /** The API is told the instant at which the chosen day begins here. */
    address() {
      const asked = parameters.call(this, {});
      asked.set("limit", 50);
      return `${ADMIN}?${exactly(asked)}`;
    },

    get fileAddress() {
      const asked = exactly(parameters.call(this, {}));
      for (const name of ["cursor", "sort"]) asked.delete(name);
      return `${ADMIN}/export.csv?${asked}`;
    },

    statusText: (row) => statusText(row.status),
    toneOf: (row) => statusTone(row.status),
    sourceText: (row) => t(`billing.subscriptions.script.source.${row.billing_source}`),
    revenueOf: (row) => money(row.mrr_cents, row.currency),
    exceptionsText: (row) => (row.overrides_count ? number(row.overrides_count) : ""),
    exceptionsAt: (row) => `/admin/merchants/${row.merchant.id}/features?platform_id=${row.platform.id}`,
    edit: (row) => openDialog("subscription-form", row),
  });
}

function exactly(asked) {
  const day = asked.get("renewing_before");
  if (day) asked.set("renewing_before", new Date(`${day}T00:00:00`).toISOString());
  return asked;
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("subscriptions", subscriptions);
  window.Alpine.data("subscriptionForm", subscriptionForm);
});
