/** Words and tones of what is open, closed or gone. */

import { t } from "/static/core/js/i18n.js";

const TONES = { active: "good", invited: "info", inactive: "neutral", deleted: "bad" };

/** The word and tone of a status. */
export const statusText = (status) => t(`tenancy.tenants.status.${status}`);
export const toneOf = (status) => TONES[status] ?? "neutral";

/** For rows that have `status`, or `is_active` alone. */
export function activity() {
  const of = (row) => row.status ?? (row.is_active ? "active" : "inactive");
  return {
    statusText: (row) => statusText(of(row)),
    toneOf: (row) => toneOf(of(row)),
  };
}
