/** How a platform sells: one form, filled anew for each platform that is chosen in it. */

import { ApiError, get } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { closeDialog } from "/static/core/js/dialog.js";
import { form } from "/static/core/js/form.js";
import { t } from "/static/core/js/i18n.js";
import { json } from "/static/core/js/page-data.js";
import { ADMIN, TIERS } from "./tier-address.js";

const CODES = ["default_tier_code", "free_tier_code"];
const CHOICES = ["inbound_after_expiry", "luxembourgish_as"];

const addressOf = (platform) => `${ADMIN}/platforms/${platform}/rules`;

export function salesRules() {
  const initial = { platform_id: json("writable")[0], inbound_after_expiry: "accept", luxembourgish_as: "fr" };
  for (const name of CODES) initial[name] = "";
  const editing = form({
    url: ({ platform_id }) => addressOf(platform_id),
    method: "PATCH",
    initial,
    toBody,
    savedText: t("billing.rules.script.saved"),
    onSaved: () => closeDialog("sales-rules"),
  });
  return combine(editing, {
    tiers: [],

    opened() {
      return this.read();
    },

    async read() {
      const { platform_id } = this.values;
      try {
        const [rules, tiers] = await Promise.all([
          get(addressOf(platform_id)),
          get(`${TIERS}?${new URLSearchParams({ platform_id, sort: "display_order", limit: 200 })}`),
        ]);
        if (platform_id !== this.values.platform_id) return; // another one was chosen meanwhile
        this.tiers = tiers.data.items.filter((one) => one.is_active || isChosen(one, rules.data));
        // Options first: a select cannot show what it does not have yet.
        this.$nextTick(() => this.fill({ ...flat(rules.data), platform_id }, { etag: rules.etag }));
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        this.refuse(failure);
      }
    },
  });
}

const isChosen = (tier, rules) => CODES.some((name) => rules[name] === tier.code);

function flat(rules) {
  const values = {};
  for (const name of CODES) values[name] = rules[name] ?? "";
  for (const name of CHOICES) values[name] = rules[name];
  return values;
}

function toBody(values) {
  const body = {};
  for (const name of CODES) body[name] = values[name] || null;
  for (const name of CHOICES) body[name] = values[name];
  return body;
}
