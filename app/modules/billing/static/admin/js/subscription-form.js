/** One subscription in the hands of an operator: plan, dates and exceptions in one dialog (D19). */

import { ApiError, get, put } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { closeDialog } from "/static/core/js/dialog.js";
import { t } from "/static/core/js/i18n.js";
import { json } from "/static/core/js/page-data.js";
import { toast } from "/static/core/js/toast.js";
import { overrideEditor } from "./override-editor.js";
import { ADMIN } from "./tier-address.js";

const DATES = ["period_end", "trial_ends_at"];
const ENDED = ["cancelled", "expired"];

export function subscriptionForm() {
  return combine(overrideEditor(), {
    state: "loading",
    error: "",
    row: null,
    plan: null,
    etag: null,
    values: {},
    errors: {},
    message: null,
    busy: false,

    opened(row) {
      this.row = row;
      this.load();
    },

    async load() {
      const { merchant, platform } = this.row;
      Object.assign(this, { state: "loading", errors: {}, message: null });
      try {
        const [plan] = await Promise.all([get(addressOf(this.row)), this.readExceptions(merchant.id, platform.id)]);
        Object.assign(this, { plan: plan.data, etag: plan.etag, values: shown(plan.data), state: "filled" });
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },

    get title() {
      return this.row ? `${this.row.merchant.name} · ${this.row.platform.name}` : "";
    },

    /** Stripe decides on status and periods of what it bills (D11). */
    get isAtStripe() {
      const { billing_source: source, status, stripe_subscription_id: id } = this.plan ?? {};
      return source === "stripe" && Boolean(id) && !ENDED.includes(status);
    },

    get isTrial() {
      return this.plan?.status === "trial";
    },

    get tiers() {
      const all = json("tiers");
      return this.row ? all.filter((one) => one.platform_id === this.row.platform.id) : [];
    },

    /** What differs from what was read; nothing else is sent. */
    changes() {
      const before = shown(this.plan);
      const names = Object.keys(this.values).filter((name) => this.values[name] !== before[name]);
      const body = Object.fromEntries(names.map((name) => [name, this.sent(name)]));
      return names.length ? { ...body, reason: this.reason || null } : null;
    },

    /** A day keeps the time of day that its instant had. */
    sent(name) {
      if (name === "is_annual") return this.values[name] === "year";
      if (!DATES.includes(name)) return this.values[name];
      return this.values[name] + (this.plan[name]?.slice(10) ?? "T00:00:00Z");
    },

    async submit() {
      if (this.busy) return;
      Object.assign(this, { busy: true, errors: {}, message: null });
      try {
        await this.save();
        toast(t("billing.subscriptions.script.saved"));
        closeDialog("subscription-form");
      } catch (error) {
        this.refuse(error);
      } finally {
        this.busy = false;
        this.$dispatch("subscription-saved");
      }
    },

    /** The plan first: its new version is the one that the exceptions build on. */
    async save() {
      const plan = this.changes();
      if (plan) {
        const { data, etag } = await put(addressOf(this.row), plan, { etag: this.etag });
        Object.assign(this, { plan: data, etag, exceptionsTag: etag, values: shown(data) });
      }
      const wishes = this.wishes();
      if (wishes.length) await put(this.exceptionsAt, wishes, { etag: this.exceptionsTag });
    },

    refuse(error) {
      if (!(error instanceof ApiError)) throw error;
      Object.assign(this, { errors: error.errors, message: error.message });
      this.$nextTick(() => this.$root.querySelector("[data-summary]")?.focus());
    },

    get unplacedErrors() {
      return Object.entries(this.errors)
        .filter(([name]) => !(name in this.values))
        .map(([, detail]) => detail);
    },

    touched(event) {
      delete this.errors[event.target.name];
    },
  });
}

const addressOf = ({ merchant, platform }) =>
  `${ADMIN}/merchants/${merchant.id}/platforms/${platform.id}`;

function shown(plan) {
  const values = {
    tier_code: plan.tier.code,
    status: plan.status,
    billing_source: plan.billing_source,
    is_annual: plan.is_annual ? "year" : "month",
  };
  for (const name of DATES) values[name] = plan[name]?.slice(0, 10) ?? "";
  return values;
}
