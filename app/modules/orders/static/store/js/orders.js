/** A store's orders: list, look at one, move it on, write one down. */

import { useFeatures } from "/static/billing/js/features.js";
import { ApiError, patch } from "/static/core/js/api.js";
import { centsOf } from "/static/core/js/amount.js";
import { combine } from "/static/core/js/component.js";
import { confirm } from "/static/core/js/confirm.js";
import { closeDialog, openDialog } from "/static/core/js/dialog.js";
import { form } from "/static/core/js/form.js";
import { number } from "/static/core/js/format.js";
import { t, tn } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { toast } from "/static/core/js/toast.js";

const ORDERS = "/api/v1/store/orders";
const LIMIT = "max_orders_per_month";
const EXPORT = "order_export";
const TONES = { new: "info", paid: "accent", shipped: "good", cancelled: "neutral" };
const NEXT = { new: ["paid", "cancelled"], paid: ["shipped", "cancelled"] };
const BLANK_LINE = { name: "", quantity: 1, unit_price_cents: "" };

function orders() {
  return combine(
    resourceTable({ url: ORDERS, filters: ["status", "source"], sort: "-number" }),
    once(moveOn),
    {
      statusText: (row) => t(`orders.script.status.${row.status}`),
      toneOf: (row) => TONES[row.status],
      sourceText: (row) => t(`orders.script.source.${row.source}`),
      numberText: (row) => t("orders.script.number", { number: row.number }),
      canBecome: (row, status) => (NEXT[row.status] ?? []).includes(status),
      look: (row) => openDialog("order", row),

      async changed() {
        await Promise.all([this.load(), this.$store.features.refresh()]);
      },
    },
  );
}

async function moveOn(row, status) {
  if (status === "cancelled" && !(await agreesToCancel(row))) return;
  await patch(`${ORDERS}/${row.id}`, { status }, { etag: `"v${row.version}"` });
  toast(t(`orders.script.now.${status}`, { number: row.number }));
  await this.load();
}

const agreesToCancel = (row) =>
  confirm({
    title: t("orders.script.cancel_title", { number: row.number }),
    text: t("orders.script.cancel_text"),
    action: t("orders.script.cancel"),
    danger: true,
  });

/** The buttons above the list, and what the plan says to them. */
function orderActions() {
  return {
    get isFull() {
      return this.$store.features.isLocked(LIMIT);
    },

    // While no subscription runs the export is free, so that nobody is cut off from what is theirs.
    get isExportLocked() {
      const found = this.$store.features.known[EXPORT];
      return this.$store.features.isLocked(EXPORT) && found.reason !== "subscription_inactive";
    },

    get fullText() {
      return upgradeText("full", LIMIT, this.$store.features);
    },

    get exportLockedText() {
      return upgradeText("export_locked", EXPORT, this.$store.features);
    },

    get countText() {
      const found = this.$store.features.known[LIMIT];
      if (!found || found.limit === null) return "";
      const [current, limit] = [number(found.current), number(found.limit)];
      return tn("orders.script.count", found.limit, { current, limit });
    },

    get metrics() {
      return this.$store.features.metrics(LIMIT, t("orders.script.orders"));
    },

    add: () => openDialog("order-new"),
  };
}

function upgradeText(key, code, features) {
  const tier = features.tierOf(code);
  return t(`orders.script.${key}${tier ? "_tier" : ""}`, { tier });
}

/** One order, to be read. */
function orderDetail() {
  return {
    order: null,

    opened(order) {
      this.order = order;
    },

    get lines() {
      return this.order?.lines ?? [];
    },

    lineTotal(line) {
      return this.$format.money(line.quantity * line.unit_price_cents, this.order.currency);
    },
  };
}

/** An order written down by hand, with any number of lines; prices are typed in whole units. */
function orderForm(digits) {
  return combine(
    form({
      url: ORDERS,
      initial: { customer_name: "", customer_email: "", lines: [BLANK_LINE] },
      toBody: (values) => ({ ...values, lines: values.lines.map(line) }),
      savedText: t("orders.script.saved"),
      idempotent: true,
      onSaved() {
        closeDialog("order-new");
        window.dispatchEvent(new CustomEvent("orders-changed"));
      },
    }),
    {
      opened() {
        this.fill({});
      },

      addLine() {
        this.values.lines.push({ ...BLANK_LINE });
      },

      dropLine(index) {
        this.values.lines.splice(index, 1);
      },

      get hasSeveral() {
        return this.values.lines.length > 1;
      },

      lineError(index) {
        const own = Object.keys(this.errors).find((name) => name.startsWith(`lines.${index}.`));
        return own ? this.errors[own] : "";
      },
    },
  );

  function line({ name, quantity, unit_price_cents: price }, index) {
    const cents = centsOf(price, digits);
    if (cents === null) {
      throw new ApiError(t("orders.script.check"), {
        errors: { [`lines.${index}.unit_price_cents`]: t("orders.script.price_unreadable") },
      });
    }
    return { name, quantity: Number(quantity), unit_price_cents: cents };
  }
}

useFeatures(LIMIT, EXPORT);
document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("orders", orders);
  Alpine.data("orderActions", orderActions);
  Alpine.data("orderDetail", orderDetail);
  Alpine.data("orderForm", orderForm);
});
