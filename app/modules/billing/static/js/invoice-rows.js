/** How invoices are told in lists. */

import { money } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";

const TONES = { paid: "good", open: "warn", uncollectible: "bad" };

export const invoiceRows = () => ({
  statusText: (row) => t(`billing.invoices.script.${row.status}`),
  toneOf: (row) => TONES[row.status] ?? "neutral",
  totalText: (row) => money(row.total_cents, row.currency),

  refundText(row) {
    if (!row.refunded_cents) return "";
    return t("billing.invoices.script.refunded", { amount: money(row.refunded_cents, row.currency) });
  },
});
