/** Tokens for programs: list, make, copy once, revoke. */

import { remove } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { confirm } from "/static/core/js/confirm.js";
import { closeDialog, openDialog } from "/static/core/js/dialog.js";
import { form } from "/static/core/js/form.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { toast } from "/static/core/js/toast.js";
import { shortList } from "./short-list.js";

const TOKENS = "/api/v1/auth/tokens";
const CHANGED = "tokens-changed";

function tokens() {
  return combine(shortList(TOKENS, { event: CHANGED }), once(revoke), {
    scopesText: ({ scopes }) => scopes.join(", "),
    add: () => openDialog("token-new"),
  });
}

async function revoke(token) {
  const agreed = await confirm({
    title: t("tenancy.account.script.revoke_title", { name: token.name }),
    text: t("tenancy.account.script.revoke_text"),
    action: t("tenancy.account.script.revoke"),
    danger: true,
  });
  if (!agreed) return;
  await remove(`${TOKENS}/${token.id}`);
  toast(t("tenancy.account.script.revoked"));
  await this.load();
}

function tokenForm() {
  const fields = form({
    url: TOKENS,
    initial: { name: "", scopes: { read: true }, expires_in_days: "90" },
    toBody: ({ name, scopes, expires_in_days: days }) => ({
      name,
      scopes: Object.keys(scopes).filter((scope) => scopes[scope]),
      expires_in_days: days ? Number(days) : null,
    }),
    onSaved({ token }) {
      closeDialog("token-new");
      window.dispatchEvent(new CustomEvent(CHANGED));
      openDialog("token-secret", { token });
    },
  });
  return combine(fields, {
    opened() {
      this.fill({});
    },
  });
}

/** Shows the secret; browsers copy by script only where the connection is safe. */
function tokenSecret() {
  return {
    token: "",
    canCopy: Boolean(navigator.clipboard),

    opened({ token }) {
      this.token = token;
    },

    async copy() {
      await navigator.clipboard.writeText(this.token);
      toast(t("tenancy.account.script.copied"));
    },
  };
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("tokens", tokens);
  window.Alpine.data("tokenForm", tokenForm);
  window.Alpine.data("tokenSecret", tokenSecret);
});
