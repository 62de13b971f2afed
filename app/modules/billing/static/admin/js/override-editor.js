/** Editing the exceptions of one merchant, beside what decides without them (D9, D41). */

import { get } from "/static/core/js/api.js";
import { date, number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { ADMIN } from "./tier-address.js";

const FEATURES = `${ADMIN}/features`;

/** A part of a component: `readExceptions` fills it, `wishes` is what the API is to write. */
export function overrideEditor() {
  return {
    reason: "",
    lastDay: "",
    groups: [],
    exceptionsAt: "",
    exceptionsTag: null,

    async readExceptions(merchantId, platformId) {
      const of = (part) => `${FEATURES}/merchants/${merchantId}/${part}?platform_id=${platformId}`;
      const addresses = [`${FEATURES}/catalog`, of("overrides"), of("explain")];
      const [catalog, written, explained] = await Promise.all(addresses.map((one) => get(one)));
      Object.assign(this, {
        reason: "",
        lastDay: "",
        exceptionsAt: of("overrides"),
        exceptionsTag: written.etag,
        groups: groupsOf(catalog.data.features, written.data, explained.data),
      });
    },

    /** A number that is typed is an exception, whatever was chosen before. */
    typed(one) {
      if (String(one.value) !== "") one.choice = "on";
    },

    /** What holds now: how much of which limit, and whether it is open. */
    whyText({ why, isNumber }) {
      const reason = t(`billing.overrides.script.${why.reason}`);
      if (!isNumber) return reason;
      const limit = why.limit === null ? t("billing.overrides.script.unlimited") : number(why.limit);
      return `${number(why.current)} / ${limit} · ${reason}`;
    },

    /** One ingredient of the decision in words (D41). */
    partText({ source, detail, value }) {
      const name = source.replace("-", "_");
      return t(`billing.overrides.script.part.${name}`, { detail: nameOf(source, detail), value: valueText(value) });
    },

    /** Why and until when the exception was made. */
    rowText({ row }) {
      const { reason, created_by: actor, expires_at: end } = row;
      const until = end ? t("billing.overrides.script.until", { date: date(end) }) : "";
      return [reason || actor, until].filter(Boolean).join(" · ");
    },

    wishes() {
      const all = this.groups.flatMap((group) => group.entries);
      return all.filter(hasChanged).map((one) => toWish(one, { reason: this.reason, lastDay: this.lastDay }));
    },
  };
}

function groupsOf(features, written, explained) {
  const rows = new Map(written.map((row) => [row.feature_code, row]));
  const reasons = new Map(explained.map((one) => [one.code, one]));
  return Object.entries(features).map(([code, list]) => ({
    code,
    name: t(`billing.category.${code}`),
    entries: list.map((one) => entryOf(one, rows.get(one.code), reasons.get(one.code))),
  }));
}

function entryOf({ code, name, feature_type: type }, row, why) {
  const choice = row ? (row.is_enabled ? "on" : "off") : "default";
  const value = row?.limit_value ?? "";
  const isNumber = type === "quantitative";
  return { code, name, isNumber, row, why, choice, value, before: { choice, value } };
}

const hasChanged = ({ choice, value, before }) =>
  choice !== before.choice || (choice === "on" && String(value) !== String(before.value));

function valueText(value) {
  if (value === null) return t("billing.overrides.script.unlimited");
  if (typeof value === "number") return number(value);
  return t(`billing.overrides.script.${value ? "ok" : "closed"}`);
}

const nameOf = (source, detail) =>
  source === "status" ? t(`billing.overrides.script.access.${detail}`) : detail;

// The reason and the end that stand stay unless new ones are given.
function toWish({ code, choice, value, isNumber, row }, { reason, lastDay }) {
  if (choice === "default") return { feature_code: code, reset: true };
  const limit = choice === "on" && isNumber && String(value) !== "" ? Number(value) : null;
  return {
    feature_code: code,
    limit_value: limit,
    is_enabled: choice === "on",
    reason: reason || row?.reason || "",
    expires_at: lastDay ? new Date(`${lastDay}T23:59:59`).toISOString() : (row?.expires_at ?? null),
  };
}
