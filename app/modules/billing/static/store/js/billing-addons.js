/** Add-ons: what this store has bought, what else there is, and domain names. */

import { ApiError, get, post, remove } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { confirm } from "/static/core/js/confirm.js";
import { openDialog } from "/static/core/js/dialog.js";
import { date, money } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { toast } from "/static/core/js/toast.js";
import { BILLING, changed, leaveFor, oneAtATime } from "/static/billing/store/js/billing-api.js";

const TONES = { active: "good", past_due: "warn", unpaid: "bad", cancelled: "neutral", expired: "neutral" };
const RUNNING = new Set(["active", "past_due", "unpaid"]);
const NAMED = "domain";
const CHANGES = new Set(["upgrade", "downgrade"]);

export function addOns() {
  return combine(oneAtATime(), {
    state: "loading",
    error: "",
    offered: [],
    owned: [],
    chosen: null,

    init() {
      this.load();
      window.addEventListener("billing-changed", () => this.load());
    },

    async load() {
      try {
        const [offered, owned] = await Promise.all(
          ["addons", "my-addons"].map((part) => get(`${BILLING}/${part}`)),
        );
        Object.assign(this, { offered: offered.data, owned: owned.data });
        this.state = this.offered.length || this.owned.length ? "filled" : "empty";
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },

    get plan() {
      return this.$store.billing.plan;
    },

    priceText: (one) => priceText(one),
    statusText: (one) => t(`billing.addons.script.status.${one.status}`),
    toneOf: (one) => TONES[one.status] ?? "neutral",
    isRunning: (one) => RUNNING.has(one.status),

    /** What there is to know of a purchase: its name, its delivery, when it renews or ends. */
    detailText(one) {
      const { domain_shown: name, fulfilment, pending_change: pending, cancel_at: end } = one;
      const [when, at] = end ? ["ends", end] : ["renews", one.period_end];
      const running = this.isRunning(one);
      return [
        name,
        fulfilment !== "done" && running && t(`billing.addons.script.fulfilment.${fulfilment}`),
        pending && t("billing.addons.script.pending", { name: pending.name, date: date(pending.effective_at) }),
        running && at && t(`billing.addons.script.${when}`, { date: date(at) }),
      ]
        .filter(Boolean)
        .join(" · ");
    },

    canChoose: ({ choice }) => choice === "buy" || CHANGES.has(choice),
    chooseText: ({ choice }) => t(`billing.addons.script.${CHANGES.has(choice) ? "change" : "buy"}`),

    isBusy(product) {
      return this.busy && this.chosen === product.code;
    },

    async choose(product) {
      this.chosen = product.code;
      if (CHANGES.has(product.choice)) return openDialog("change", changeOf(product));
      const configured = this.plan.payments_configured;
      if (product.category !== NAMED) return buy({ addon_code: product.code }, configured);
      return openDialog("domain", { product, price: priceText(product), configured });
    },

    canCancel(one) {
      return this.isRunning(one) && !one.cancel_at;
    },

    async cancel(one) {
      const agreed = await confirm({
        title: t("billing.addons.script.cancel_title", { name: one.domain_shown ?? one.name }),
        text: t("billing.addons.script.cancel_text", { date: date(one.period_end) }),
        action: t("billing.addons.script.cancel"),
        danger: true,
      });
      if (!agreed) return;
      await remove(`${BILLING}/addons/${one.id}`);
      toast(t("billing.addons.script.cancelled"));
      changed();
    },

    canReactivate(one) {
      return this.isRunning(one) && one.cancel_at !== null && !one.stopped_with_plan;
    },

    async reactivate(one) {
      const agreed = await confirm({
        title: t("billing.addons.script.reactivate_title", { name: one.domain_shown ?? one.name }),
        text: t("billing.addons.script.reactivate_text", { date: date(one.period_end), price: priceText(one) }),
        action: t("billing.addons.script.reactivate"),
      });
      if (!agreed) return;
      await post(`${BILLING}/addons/${one.id}/reactivate`);
      toast(t("billing.addons.script.reactivated"));
      changed();
    },
  });
}

const changeOf = (product) => ({
  title: t("billing.addons.script.change_title", { name: product.name }),
  url: `${BILLING}/addons/${product.changes_id}/change`,
  body: { addon_code: product.code },
  currency: product.currency,
});

const buy = (body, configured) =>
  leaveFor("addons/purchase", body, { name: "checkout_url", configured });

function priceText({ price_cents: cents, currency, billing_period: period }) {
  const price = money(cents, currency);
  return t(`billing.addons.script.price.${period}`, { price });
}

/** The dialog in which a domain name is looked up and bought (D30). */
export function domainDialog() {
  return combine(oneAtATime(), {
    name: "",
    found: null,
    error: "",
    isLooking: false,
    product: null,
    price: "",
    configured: false,

    opened(given) {
      Object.assign(this, given, { name: "", found: null, error: "" });
    },

    /** Another name: what was said of the former one counts no more. */
    typed() {
      Object.assign(this, { found: null, error: "" });
    },

    async look() {
      const name = this.name.trim();
      if (this.isLooking || !name) return;
      Object.assign(this, { isLooking: true, error: "" });
      try {
        const address = `${BILLING}/addons/domain-availability?name=${encodeURIComponent(name)}`;
        const { data } = await get(address);
        if (name === this.name.trim()) this.found = data;
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        this.error = failure.message;
      } finally {
        this.isLooking = false;
      }
    },

    /** Unknown may be bought too: the registry alone decides then. */
    get canBuy() {
      return this.found !== null && this.found.valid && this.found.available !== false;
    },

    get foundText() {
      if (!this.found) return this.error;
      const { reason, available, shown } = this.found;
      return reason ?? t(`billing.addons.script.domain.${available ? "available" : "taken"}`, { name: shown });
    },

    get foundTone() {
      if (!this.canBuy) return "tone-bad";
      return this.found.available ? "tone-good" : "tone-warn";
    },

    buy() {
      return buy({ addon_code: this.product.code, domain_name: this.found.name }, this.configured);
    },

    get buyText() {
      return t("billing.addons.script.buy_for", { price: this.price });
    },
  });
}
