/** How good a forecast was on values that it had not seen, in a sentence. */

import { number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";

/** `accuracy` is `{mase, coverage_95, points}`, null where too little is known to test it. */
export function accuracyText(accuracy) {
  if (!accuracy) return t("monitoring.accuracy.script.untested");
  return t("monitoring.accuracy.script.tested", {
    mase: number(accuracy.mase, 2),
    coverage: number(accuracy.coverage_95 * 100, 0),
    points: number(accuracy.points),
  });
}
