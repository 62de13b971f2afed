/** Outbound webhooks of a store: endpoints, their secrets, and what was sent. */

import { ApiError, get, post, remove } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { confirm } from "/static/core/js/confirm.js";
import { closeDialog, openDialog } from "/static/core/js/dialog.js";
import { form } from "/static/core/js/form.js";
import { datetime, number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { toast } from "/static/core/js/toast.js";

const ENDPOINTS = "/api/v1/store/webhook-endpoints";
const CHANGED = "webhooks-changed";
const SHOWN = 20;
const TONES = { delivered: "good", waiting: "info", failed: "bad" };

function webhookAdder() {
  return { add: () => openDialog("webhook", {}) };
}

function webhooks() {
  return combine(resourceTable({ url: ENDPOINTS, sort: "created_at" }), once(act), {
    stateText: (row) => t(`billing.webhooks_out.script.${row.is_active ? "on" : "off"}`),
    toneOf: (row) => (row.is_active ? "good" : "neutral"),
    eventsText: (row) => row.events.join(", "),
    showLog: (row) => openDialog("webhook-log", row),

    async edit(row) {
      const { data, etag } = await get(`${ENDPOINTS}/${row.id}`);
      openDialog("webhook", { ...data, etag });
    },
  });
}

const ACTIONS = {
  async rotate(row) {
    const { data } = await post(`${ENDPOINTS}/${row.id}/secret`);
    openDialog("webhook-secret", data);
  },

  async drop(row) {
    await remove(`${ENDPOINTS}/${row.id}`);
    toast(t("billing.webhooks_out.script.deleted"));
  },
};

const QUESTIONS = {
  rotate: (row) => ({
    title: t("billing.webhooks_out.script.rotate_title"),
    text: t("billing.webhooks_out.script.rotate_text", { url: row.url }),
    action: t("billing.webhooks_out.script.rotate"),
  }),
  drop: (row) => ({
    title: t("billing.webhooks_out.script.delete_title"),
    text: t("billing.webhooks_out.script.delete_text", { url: row.url }),
    action: t("billing.webhooks_out.script.delete"),
    danger: true,
  }),
};

async function act(action, row) {
  if (!(await confirm(QUESTIONS[action](row)))) return;
  await ACTIONS[action](row);
  await this.load();
}

function webhookForm() {
  const fields = form({
    url: ({ id }) => (id ? `${ENDPOINTS}/${id}` : ENDPOINTS),
    method: ({ id }) => (id ? "PATCH" : "POST"),
    initial: { id: null, url: "", events: {}, is_active: true },
    toBody: ({ id, url, events, is_active }) => {
      const chosen = { url, events: Object.keys(events).filter((event) => events[event]) };
      return id ? { ...chosen, is_active } : chosen;
    },
    onSaved({ secret }) {
      closeDialog("webhook");
      window.dispatchEvent(new CustomEvent(CHANGED));
      if (secret) openDialog("webhook-secret", { secret });
      else toast(t("billing.webhooks_out.script.saved"));
    },
  });
  return combine(fields, {
    opened({ etag = null, events = [], ...endpoint }) {
      const chosen = Object.fromEntries(events.map((event) => [event, true]));
      this.fill({ ...endpoint, events: chosen }, { etag });
    },
  });
}

/** Shows a secret once; browsers copy by script only where the connection is safe. */
function webhookSecret() {
  return {
    secret: "",
    canCopy: Boolean(navigator.clipboard),

    opened({ secret }) {
      this.secret = secret;
    },

    async copy() {
      await navigator.clipboard.writeText(this.secret);
      toast(t("billing.webhooks_out.script.copied"));
    },
  };
}

function webhookLog() {
  return combine(once(replay), {
    id: null,
    url: "",
    deliveries: [],
    state: "loading",
    error: "",

    opened({ id, url }) {
      Object.assign(this, { id, url, deliveries: [], state: "loading" });
      this.load();
    },

    async load() {
      const { id } = this;
      try {
        const { data } = await get(`${ENDPOINTS}/${id}/deliveries?limit=${SHOWN}`);
        if (id === this.id) Object.assign(this, { deliveries: data.items, state: "filled" });
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },

    statusText: (one) => t(`billing.webhooks_out.script.status.${one.status}`),
    toneOf: (one) => TONES[one.status],

    summaryText(one) {
      const parts = [datetime(one.created_at)];
      if (one.response_status) parts.push(`HTTP ${one.response_status}`);
      if (one.duration_ms !== null) parts.push(`${number(one.duration_ms)} ms`);
      return parts.join(" · ");
    },
  });
}

async function replay(one) {
  await post(`${ENDPOINTS}/${this.id}/deliveries/${one.id}/replay`);
  toast(t("billing.webhooks_out.script.sent_again"));
  await this.load();
}

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("webhookAdder", webhookAdder);
  Alpine.data("webhooks", webhooks);
  Alpine.data("webhookForm", webhookForm);
  Alpine.data("webhookSecret", webhookSecret);
  Alpine.data("webhookLog", webhookLog);
});
