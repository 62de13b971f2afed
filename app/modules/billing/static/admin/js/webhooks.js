/** Stripe's webhooks: what came, what became of it, and once more (S14). */

import { post } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { openDialog } from "/static/core/js/dialog.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { toast } from "/static/core/js/toast.js";
import { reader } from "./reader.js";
import { ADMIN } from "./tier-address.js";

const EVENTS = `${ADMIN}/webhook-events`;
const TONES = { processed: "good", ignored: "neutral", received: "info", failed: "warn", dead: "bad" };

const words = {
  statusText: (row) => t(`billing.webhooks.script.status.${row.status}`),
  toneOf: (row) => TONES[row.status],
};

function webhooks() {
  const list = resourceTable({ url: EVENTS, filters: ["status", "event_type"], sort: "-received_at" });
  return combine(list, once(replay), words, {
    read: (row) => openDialog("webhook", { id: row.id }),
  });
}

async function replay(row) {
  await post(`${EVENTS}/${row.id}/replay`);
  toast(t("billing.webhooks.script.replayed"));
  await this.load();
}

function webhookReader() {
  return combine(reader((id) => `${EVENTS}/${id}`), words, {
    get payload() {
      const body = this.item?.payload;
      return body ? JSON.stringify(body, null, 2) : t("billing.webhooks.script.emptied");
    },
  });
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("webhooks", webhooks);
  window.Alpine.data("webhookReader", webhookReader);
});
