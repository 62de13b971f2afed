/** The features of a tier, and whom a lower limit would put over it (D26). */

import { ApiError, get, post, put } from "/static/core/js/api.js";
import { closeDialog } from "/static/core/js/dialog.js";
import { number } from "/static/core/js/format.js";
import { t, tn } from "/static/core/js/i18n.js";
import { toast } from "/static/core/js/toast.js";
import { isConflict } from "./conflict.js";
import { ADMIN, impactOf, limitsOf } from "./tier-address.js";

const ASK_DELAY_MS = 400;
const SHOWN_NAMES = 5;

export function tierFeatures() {
  return {
    state: "loading",
    error: "",
    message: null,
    conflict: false,
    busy: false,
    tier: null,
    mayWrite: false,
    etag: null,
    groups: [],
    over: 0,
    sample: [],
    keep: "nobody",
    timer: null,

    opened(tier) {
      Object.assign(this, { tier, mayWrite: tier.mayWrite });
      this.load();
    },

    async load() {
      Object.assign(this, { state: "loading", groups: [], over: 0, keep: "nobody" });
      Object.assign(this, { message: null, conflict: false });
      try {
        const [catalog, limits] = await Promise.all([
          get(`${ADMIN}/features/catalog`),
          get(limitsOf(this.tier)),
        ]);
        this.etag = limits.etag;
        this.groups = groupsOf(catalog.data.features, limits.data);
        this.state = "filled";
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },

    get entries() {
      return this.groups.flatMap((group) => group.entries);
    },

    get tierText() {
      return this.tier ? `${this.tier.name} · ${this.tier.platform.name}` : "";
    },

    get countText() {
      const enabled = this.entries.filter((one) => one.enabled).length;
      return tn("billing.tiers.script.count", enabled, { count: number(enabled) });
    },

    get impactText() {
      return tn("billing.tiers.script.over", this.over, { count: number(this.over) });
    },

    get sampleText() {
      return [...new Set(this.sample.map((one) => one.name))].slice(0, SHOWN_NAMES).join(", ");
    },

    switchAll(group, enabled) {
      for (const one of group.entries) one.enabled = enabled;
      this.changed();
    },

    /** Ask after the last keystroke whom the new limits would put over them. */
    changed() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), ASK_DELAY_MS);
    },

    async ask() {
      const limits = this.changes();
      if (!limits.length) {
        this.over = 0;
        return;
      }
      try {
        const { data } = await post(impactOf(this.tier), { limits });
        const appears = data.over > 0 && this.over === 0;
        Object.assign(this, { over: data.over, sample: data.sample });
        // What appears below must not cover the limit that is being typed.
        if (appears) this.$nextTick(() => document.activeElement.scrollIntoView({ block: "center" }));
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        this.over = 0; // a number that is refused is told when it is saved
      }
    },

    changes() {
      return this.entries.filter(hasChanged).map(toEntry);
    },

    async save() {
      if (this.busy) return;
      Object.assign(this, { busy: true, message: null, conflict: false });
      try {
        await this.write();
        closeDialog("tier-features");
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { message: failure.message, conflict: isConflict(failure) });
        this.$nextTick(() => this.$root.querySelector("[data-summary]")?.focus());
      } finally {
        this.busy = false;
      }
    },

    /** Write what changed; `keep` says for whom the former limits stay. */
    async write() {
      const body = this.changes();
      if (!body.length) return;
      const keep = this.over ? this.keep : "nobody";
      await put(limitsOf(this.tier, keep), body, { etag: this.etag });
      toast(t("billing.tiers.script.saved"));
      window.dispatchEvent(new CustomEvent("tier-saved"));
    },

    /** Somebody saved first: the newest limits, with the reader's own changes on top. */
    async rebase() {
      const mine = new Map(this.entries.filter(hasChanged).map((one) => [one.code, one]));
      await this.load();
      for (const one of this.entries) {
        const own = mine.get(one.code);
        if (own) Object.assign(one, { enabled: own.enabled, value: own.value });
      }
      this.message = t("billing.tiers.script.rebased");
      this.changed();
    },
  };
}

function groupsOf(features, limits) {
  const known = new Map(limits.map((one) => [one.feature_code, one]));
  return Object.entries(features).map(([code, list]) => ({
    code,
    name: t(`billing.category.${code}`),
    entries: list.map((one) => entryOf(one, known.get(one.code))),
  }));
}

function entryOf({ code, name, feature_type: type }, limit) {
  const enabled = limit?.enabled ?? false;
  const value = limit?.limit_value ?? "";
  return { code, name, isNumber: type === "quantitative", enabled, value, before: { enabled, value } };
}

const hasChanged = ({ enabled, value, before }) =>
  enabled !== before.enabled || String(value) !== String(before.value);

function toEntry({ code, isNumber, enabled, value }) {
  const limit = isNumber && String(value) !== "" ? Number(value) : null;
  return { feature_code: code, limit_value: limit, enabled };
}
