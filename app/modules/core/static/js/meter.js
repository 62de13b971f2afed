/** Usage against a limit: `187 / 200`, a bar, and a word for who does not see its colour. */

import { number } from "./format.js";
import { t, tn } from "./i18n.js";

const WARN_FROM = 70;
const ALARM_FROM = 90;

/**
 * Component `meter` of one metric: `{current, limit, percentage}`, where limit null is unlimited
 * and 0 is none. `percentage` is told as it is, the bar ends at 100 (D13).
 */
export function meter(metric) {
  return {
    get figures() {
      const current = number(metric.current);
      if (metric.limit === null) return t("ui.script.unlimited", { current });
      return `${current} / ${number(metric.limit)}`;
    },

    get tone() {
      if (metric.percentage >= ALARM_FROM) return "tone-bad";
      return metric.percentage >= WARN_FROM ? "tone-warn" : "tone-accent";
    },

    get bar() {
      return { width: `${Math.min(100, metric.percentage ?? 0)}%` };
    },

    get word() {
      if (metric.limit === null) return "";
      const left = metric.limit - metric.current;
      if (left === 0) return t("ui.script.at_limit");
      const key = left > 0 ? "ui.script.left" : "ui.script.over";
      return tn(key, Math.abs(left), { count: number(Math.abs(left)) });
    },

    // At most the limit: screen readers read the figures for what lies above.
    get reached() {
      return metric.limit === null ? 0 : Math.min(metric.current, metric.limit);
    },
  };
}
