/** The current plan: what it is, what is scheduled, how it ends. */

import { post, remove } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { confirm } from "/static/core/js/confirm.js";
import { closeDialog, openDialog } from "/static/core/js/dialog.js";
import { form } from "/static/core/js/form.js";
import { date, money } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { toast } from "/static/core/js/toast.js";
import { BILLING, changed, oneAtATime } from "/static/billing/store/js/billing-api.js";
import { priceOf } from "/static/billing/store/js/plan-cards.js";
import { planFacts } from "/static/billing/store/js/plan-facts.js";
import { statusText, statusTone } from "/static/billing/store/js/plan-status.js";

const OVER = new Set(["none", "expired", "cancelled"]);

/** Component of the section; its actions run one at a time. */
export function currentPlan() {
  return combine(oneAtATime(), {
    get plan() {
      return this.$store.billing.plan;
    },

    get planName() {
      return this.plan.tier?.name ?? t("billing.plan.script.none");
    },

    get statusText() {
      return statusText(this.plan.status);
    },

    get statusTone() {
      return statusTone(this.plan.status);
    },

    /** What the status leaves open, where that is not everything. */
    get accessText() {
      return this.plan.access === "full" ? "" : t(`billing.plan.script.${this.plan.access}`);
    },

    get byOperator() {
      return ["manual", "comp"].includes(this.plan.billing_source);
    },

    get facts() {
      return planFacts(this.plan);
    },

    get pendingText() {
      const { pending_change: pending } = this.plan;
      if (!pending) return "";
      const tier = this.$store.billing.nameOf(pending.tier_code);
      const key = pending.is_annual ? "pending_annual" : "pending_monthly";
      return t(`billing.plan.script.${key}`, { tier, date: date(pending.effective_at) });
    },

    get endingText() {
      return this.plan.cancel_at ? t("billing.plan.script.ending", { date: date(this.plan.cancel_at) }) : "";
    },

    get canCancel() {
      return !this.byOperator && !this.plan.cancel_at && !OVER.has(this.plan.status);
    },

    cancel() {
      openDialog("cancel");
    },

    async reactivate() {
      const agreed = await confirm({
        title: t("billing.plan.script.reactivate_title"),
        text: this.reactivateText,
        action: t("billing.plan.script.reactivate"),
      });
      if (!agreed) return;
      await post(`${BILLING}/reactivate`, {});
      toast(t("billing.plan.script.reactivated"));
      changed();
    },

    /** What comes of taking the cancellation back: a charge, unless it is a trial of our own. */
    get reactivateText() {
      const { tier, is_annual: yearly, billing_source: source, period_end: end } = this.plan;
      if (source !== "stripe") return t("billing.plan.script.reactivate_trial");
      const price = money(priceOf(tier, yearly), tier.currency);
      return t("billing.plan.script.reactivate_text", { tier: tier.name, price, date: date(end) });
    },

    async withdraw() {
      await remove(`${BILLING}/change-tier`);
      toast(t("billing.plan.script.withdrawn"));
      changed();
    },
  });
}

/** The dialog that ends the plan (D23): at the period's end, or now and without a refund. */
export function cancelForm() {
  return combine(
    form({
      url: `${BILLING}/cancel`,
      initial: { reason: "", immediately: false },
      idempotent: true,
      toBody: ({ reason, immediately }) => ({ reason: reason.trim() || null, immediately }),
      savedText: t("billing.cancel.script.done"),
      onSaved() {
        closeDialog("cancel");
        changed();
      },
    }),
    {
      opened() {
        this.fill({});
      },

      get plan() {
        return this.$store.billing.plan;
      },

      /** When it ends and what is left of it then. */
      get whenText() {
        const { immediately } = this.values;
        const end = this.plan.is_trial ? this.plan.trial_ends_at : this.plan.period_end;
        return t(`billing.cancel.script.${immediately ? "now" : "later"}`, { date: date(end) });
      },

      /** Names of what the plan opens and its end closes. */
      get lost() {
        const limits = this.$store.billing.current?.feature_limits ?? [];
        return limits.filter((one) => one.feature_type === "binary").map((one) => one.name);
      },
    },
  );
}
