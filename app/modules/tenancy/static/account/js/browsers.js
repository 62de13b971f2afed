/** Where one is signed in, and signing out there. */

import { remove } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { confirm } from "/static/core/js/confirm.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { toast } from "/static/core/js/toast.js";
import { shortList } from "./short-list.js";

const SESSIONS = "/api/v1/auth/sessions";
const BROWSERS = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

function browsers() {
  const list = shortList(SESSIONS, { event: "account-changed" });
  return combine(list, once(endSessions), {
    describe: ({ user_agent: agent }) => nameOf(agent),

    get hasOthers() {
      return this.items.length > 1;
    },
  });
}

/** Without a session: all but this one. */
async function endSessions(session) {
  const agreed = await confirm({
    title: t(session ? "tenancy.account.script.sign_out_there" : "tenancy.account.script.sign_out_others"),
    text: t("tenancy.account.script.sign_out_text"),
    action: t("tenancy.account.script.sign_out"),
  });
  if (!agreed) return;
  await remove(session ? `${SESSIONS}/${session.id}` : SESSIONS);
  toast(t("tenancy.account.script.signed_out"));
  await this.load();
}

function nameOf(agent) {
  const first = (list) => list.find(([pattern]) => pattern.test(agent))?.[1];
  const known = [first(BROWSERS), first(SYSTEMS)].filter(Boolean);
  return known.join(", ") || t("tenancy.account.script.unknown_browser");
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("browsers", browsers);
});
