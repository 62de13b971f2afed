/** How is paid, what comes next, and the invoices so far. */

import { ApiError, get } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { date, money } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { invoiceRows } from "/static/billing/js/invoice-rows.js";
import { BILLING, leaveFor, linked } from "/static/billing/store/js/billing-api.js";

const WEBHOOK_MS = 4_000;

/** The payment method, kept on Stripe's own page, and the next bill as Stripe computes it. */
export function paymentMethod() {
  return combine(once(openPortal), {
    upcoming: null,

    init() {
      this.load();
      this.$watch("$store.billing.plan", () => this.load());
    },

    /** Nothing is due where Stripe has no subscription; that is no error here. */
    async load() {
      this.upcoming = null;
      if (!this.isAtStripe || !this.plan.next_billing_at) return;
      try {
        this.upcoming = (await get(`${BILLING}/upcoming-invoice`)).data;
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
      }
    },

    get plan() {
      return this.$store.billing.plan;
    },

    get isAtStripe() {
      return this.plan.billing_source === "stripe";
    },

    get methodText() {
      return t(`billing.payment.script.${this.plan.has_payment_method ? "saved" : "missing"}`);
    },

    get upcomingText() {
      if (!this.upcoming) return "";
      const { amount_due_cents: amount, currency, date: at } = this.upcoming;
      return t("billing.payment.script.upcoming", { amount: money(amount, currency), date: date(at) });
    },
  });
}

function openPortal() {
  return leaveFor("portal", {}, { name: "portal_url", configured: this.plan.payments_configured });
}

export function invoices() {
  return combine(resourceTable({ url: `${BILLING}/invoices`, limit: 12 }), invoiceRows(), {
    /** Stripe tells of an invoice a moment after what has caused it. */
    async follow() {
      await this.load();
      setTimeout(() => this.load(), WEBHOOK_MS);
    },

    pay: (row) => linked(`invoices/${row.id}/pay`),

  });
}
