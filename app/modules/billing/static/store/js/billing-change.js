/** The preview of a change, as on a receipt: today, then, next bill; what is lost and exceeded. */

import { ApiError, newIdempotencyKey, post } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { closeDialog } from "/static/core/js/dialog.js";
import { date, money, number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { toast } from "/static/core/js/toast.js";
import { changed } from "/static/billing/store/js/billing-api.js";

/** States: loading, error, filled, and unpaid once the change waits for its payment. */
export function changeDialog() {
  return combine(once(agree), {
    state: "loading",
    error: "",
    title: "",
    wish: null,
    preview: null,
    paymentUrl: "",

    opened(wish) {
      Object.assign(this, { wish, title: wish.title, preview: null });
      return this.load();
    },

    async load() {
      this.state = "loading";
      try {
        this.preview = (await post(`${this.wish.url}/preview`, this.wish.body)).data;
        this.state = "filled";
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },

    get isLater() {
      return this.preview.kind === "downgrade";
    },

    /** The lines of the receipt. */
    get lines() {
      const { amount_due_cents: due, credit_balance_cents: credit } = this.preview;
      const { next_amount_cents: next, next_date: at } = this.preview;
      const lines = [{ name: t("billing.change.script.today"), value: this.money(due) }];
      if (credit) lines.push({ name: t("billing.change.script.credit"), value: this.money(credit) });
      if (this.isLater) lines.push(fact("from", this.preview.effective_at));
      if (at) lines.push({ ...fact("next", at), value: this.money(next), note: date(at) });
      return lines;
    },

    get lost() {
      return this.preview.lost.map((one) => one.name);
    },

    get exceeded() {
      return this.preview.exceeded.map((one) =>
        t("billing.change.script.exceeded", {
          name: one.name,
          current: number(one.current),
          limit: number(one.new_limit),
        }),
      );
    },

    /** The button's words say what it costs. */
    get agreeText() {
      const { amount_due_cents: due } = this.preview;
      if (this.isLater) return t("billing.change.script.agree_later");
      if (due > 0) return t("billing.change.script.agree_paid", { amount: this.money(due) });
      return t("billing.change.script.agree");
    },

    money(cents) {
      return money(cents, this.wish.currency);
    },
  });
}

async function agree() {
  const { url, body } = this.wish;
  const { proration_date } = this.preview;
  const answer = await post(url, { ...body, proration_date }, { idempotencyKey: newIdempotencyKey() });
  if (answer.data.status === "payment_pending") {
    Object.assign(this, { paymentUrl: answer.data.payment_url, state: "unpaid" });
    return;
  }
  closeDialog("change");
  const key = answer.data.status === "scheduled" ? "scheduled" : "applied";
  toast(t(`billing.change.script.${key}`, { date: date(answer.data.effective_at) }));
  changed();
}

const fact = (name, instant) => ({ name: t(`billing.change.script.${name}`), value: date(instant) });
