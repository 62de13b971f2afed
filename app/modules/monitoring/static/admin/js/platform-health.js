/** Whether everything works: host, parts, size, and what needs care. */

import { ApiError, get } from "/static/core/js/api.js";
import { number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { bytesText } from "/static/monitoring/js/bytes.js";

const TONES = { critical: "bad", warning: "warn", info: "info" };

function platformHealth() {
  return {
    report: null,
    error: "",

    init() {
      return this.load();
    },

    async load() {
      this.error = "";
      try {
        this.report = (await get("/api/v1/admin/platform-health/health")).data;
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        this.error = failure.message;
      }
    },

    percent(name) {
      return this.report ? `${number(this.report.host[name], 1)} %` : "";
    },

    get databaseText() {
      return this.report ? `${number(this.report.database.latency_ms, 1)} ms` : "";
    },

    get databaseSize() {
      return this.report ? bytesText(this.report.database.bytes) : "";
    },

    get fileSize() {
      return this.report ? bytesText(this.report.storage.bytes) : "";
    },

    get recommendations() {
      return this.report?.recommendations ?? [];
    },

    get isQuiet() {
      return this.report !== null && this.recommendations.length === 0;
    },

    get checks() {
      return this.report?.checks ?? [];
    },

    size(name) {
      return this.report?.infrastructure_tier[name] ?? "";
    },

    severity: (one) => t(`monitoring.health.script.${one.severity}`),
    tone: (one) => TONES[one.severity],
    partName: (one) => t(`monitoring.health.script.part_${one.name}`),
    partText: (one) => t(`monitoring.health.script.${one.problem ? "problem" : "works"}`),
    partTone: (one) => (one.problem ? "bad" : "good"),
  };
}

document.addEventListener("alpine:init", () => window.Alpine.data("platformHealth", platformHealth));
