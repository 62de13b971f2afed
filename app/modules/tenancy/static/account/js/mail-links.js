/** What links in mails lead to: a new password, a proven address, an invitation. */

import { post } from "/static/core/js/api.js";
import { form } from "/static/core/js/form.js";
import { t } from "/static/core/js/i18n.js";
import { toastOnNextPage } from "/static/core/js/toast.js";

const forgotPassword = () =>
  form({ url: "/api/v1/auth/password/forgot", initial: { email: "" } });

const resetPassword = () =>
  form({
    url: "/api/v1/auth/password/reset",
    initial: { password: "", token: "" },
    toBody: ({ password }) => ({ password, token: tokenOfPage() }),
    onSaved() {
      toastOnNextPage(t("tenancy.account.script.password_set"));
      location.assign("/login");
    },
  });

/** Proves the address as soon as a person's browser shows the page. */
function verifyEmail() {
  return {
    state: "working",
    email: "",
    error: "",

    async init() {
      try {
        const { data } = await post("/api/v1/auth/email/verify", { token: tokenOfPage() });
        Object.assign(this, { state: "done", email: data.email });
      } catch (failure) {
        Object.assign(this, { state: "failed", error: failure.message });
      }
    },
  };
}

const invitation = () =>
  form({
    url: () => `/api/v1/auth/invitations/${tokenOfPage()}/accept`,
    initial: { display_name: "", password: "" },
    toBody: ({ display_name: name, password }) => ({
      display_name: name,
      password: password || null,
    }),
    onSaved: ({ landing }) => location.assign(landing),
  });

// The token stands in the address of the page, as its last part.
function tokenOfPage() {
  return location.pathname.split("/").at(-1);
}

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("forgotPassword", forgotPassword);
  Alpine.data("resetPassword", resetPassword);
  Alpine.data("verifyEmail", verifyEmail);
  Alpine.data("invitation", invitation);
});
