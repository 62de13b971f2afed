/** Tiers: figures, the list, their deletion. */

import { ApiError, get, remove } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { confirm } from "/static/core/js/confirm.js";
import { openDialog } from "/static/core/js/dialog.js";
import { money, number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { json } from "/static/core/js/page-data.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { toast } from "/static/core/js/toast.js";
import { salesRules } from "/static/billing/admin/js/sales-rules.js";
import { ADMIN, addressOf, TIERS } from "/static/billing/admin/js/tier-address.js";
import { tierFeatures } from "/static/billing/admin/js/tier-features.js";
import { tierForm } from "/static/billing/admin/js/tier-form.js";

const TONES = { active: "good", private: "info", inactive: "neutral" };

function tiers() {
  const writable = json("writable");
  const table = resourceTable({ url: TIERS, sort: "display_order", limit: 200 });
  const { load } = table;
  return combine(table, once(deleteTier), {
    stats: null,

    async load() {
      await Promise.all([load.call(this), this.readFigures()]);
    },

    async readFigures() {
      try {
        this.stats = (await get(`${ADMIN}/stats`)).data;
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure; // the list beside it tells the failure
      }
    },

    figure(name) {
      return this.stats ? number(this.stats.tiers[name]) : "";
    },

    get revenue() {
      return this.stats ? money(this.stats.mrr_cents, this.stats.currency) : "";
    },

    isWritable: (row) => writable.includes(row.platform.id),
    statusText: (row) => t(`billing.tiers.script.${statusOf(row)}`),
    toneOf: (row) => TONES[statusOf(row)],
    edit: (row) => openDialog("tier-form", row),
    features: (row) => openDialog("tier-features", { ...row, mayWrite: writable.includes(row.platform.id) }),
  });
}

function statusOf(row) {
  if (!row.is_active) return "inactive";
  return row.is_public ? "active" : "private";
}

async function deleteTier(row) {
  const agreed = await confirm({
    title: t("billing.tiers.script.delete_title", { name: row.name }),
    text: t("billing.tiers.script.delete_text"),
    action: t("billing.tiers.script.delete"),
    danger: true,
  });
  if (!agreed) return;
  await remove(addressOf(row), { etag: `"v${row.version}"` });
  toast(t("billing.tiers.script.deleted"));
  await this.load();
}

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("tiers", tiers);
  Alpine.data("tierForm", tierForm);
  Alpine.data("salesRules", salesRules);
  Alpine.data("tierFeatures", tierFeatures);
});
