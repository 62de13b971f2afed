/** Words and tones of the state that a subscription is in. */

import { t } from "/static/core/js/i18n.js";

const TONES = { active: "good", trial: "info", past_due: "warn", none: "neutral" };

export const statusText = (status) => t(`billing.status.${status}`);
export const statusTone = (status) => TONES[status] ?? "bad";
