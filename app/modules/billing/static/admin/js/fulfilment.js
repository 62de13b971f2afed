/** What stores have bought and somebody has to deliver (D30). */

import { newIdempotencyKey, post } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { confirm } from "/static/core/js/confirm.js";
import { money } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { toast } from "/static/core/js/toast.js";

const FULFILMENT = "/api/v1/admin/fulfilment";
const TONES = { waiting: "warn", done: "good", failed: "bad" };
const ASKED_FIRST = ["failed", "refund"];

function fulfilment() {
  return combine(resourceTable({ url: FULFILMENT, filters: ["state"], sort: "purchased_at" }), once(act), {
    stateText: (row) => t(`billing.fulfilment.script.state.${row.fulfilment}`),
    toneOf: (row) => TONES[row.fulfilment],
    priceText: (row) => money(row.price_cents, row.currency),
    isOpen: (row) => row.fulfilment !== "done",
    isPaid: (row) => ["active", "past_due"].includes(row.status),
  });
}

async function act(row, what) {
  if (ASKED_FIRST.includes(what) && !(await agreed(row, what))) return;
  await post(`${FULFILMENT}/${row.id}/${what}`, undefined, { idempotencyKey: newIdempotencyKey() });
  toast(t(`billing.fulfilment.script.${what}_now`));
  await this.load();
}

function agreed(row, what) {
  return confirm({
    title: t(`billing.fulfilment.script.${what}_title`, { name: row.name, store: row.store.name }),
    text: t(`billing.fulfilment.script.${what}_text`),
    action: t(`billing.fulfilment.script.${what}`),
    danger: true,
  });
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("fulfilment", fulfilment);
});
