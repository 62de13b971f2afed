/**
 * What the plan says of features: `$store.features` on pages that gate or meter something.
 *
 * It only shows; the server decides anew at every write. A feature that could not be read counts
 * as open here. Until `isReady` a page keeps its content invisible rather than let it move.
 */

import { ApiError, get } from "/static/core/js/api.js";

const FEATURES = "/api/v1/store/billing/features";

/** Read these features when the page starts, and again by `$store.features.refresh()`. */
export function useFeatures(...codes) {
  document.addEventListener("alpine:init", () => {
    window.Alpine.store("features", features(codes));
  });
}

function features(codes) {
  return {
    known: {},
    isReady: false,

    init() {
      this.refresh();
    },

    async refresh() {
      await Promise.all(codes.map((code) => this.read(code)));
      this.isReady = true;
    },

    async read(code) {
      try {
        this.known[code] = (await get(`${FEATURES}/${code}`)).data;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        delete this.known[code];
      }
    },

    isLocked(code) {
      return this.known[code]?.allowed === false;
    },

    /** The name of the cheapest tier that opens it; empty where none does. */
    tierOf(code) {
      return this.known[code]?.upgrade_to?.name ?? "";
    },

    /** One metric for the macro `meter`, in a list so that a new figure draws it anew. */
    metrics(code, name) {
      const found = this.known[code];
      if (!found || (!found.enabled && found.current === 0)) return [];
      const { current, limit } = found;
      return [{ name, current, limit, percentage: percentage(current, limit) }];
    },
  };
}

function percentage(current, limit) {
  if (limit === null) return 0;
  return limit === 0 ? 100 : (current / limit) * 100;
}
