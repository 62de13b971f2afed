/** Name, address, language and password of one's own account. */

import { get, post } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { form } from "/static/core/js/form.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { toast, toastOnNextPage } from "/static/core/js/toast.js";

const ME = "/api/v1/auth/me";
const EMPTY = { display_name: "", email: "", locale: "", current_password: "" };

function profile() {
  const fields = form({
    url: ME,
    method: "PATCH",
    initial: EMPTY,
    toBody: ({ current_password: current, ...rest }) => ({
      ...rest,
      current_password: current || null,
    }),
    onSaved(user) {
      const [moved, translated] = [this.movesAddress, user.locale !== this.known.locale];
      this.show(user, this.etag);
      this.saved = true;
      const text = t(moved ? "tenancy.account.script.address_mailed" : "tenancy.account.script.profile_saved");
      if (!translated) return toast(text);
      toastOnNextPage(text);
      return location.reload();
    },
  });
  return combine(fields, {
    state: "loading",
    error: "",
    known: {},

    init() {
      this.load();
      // A new password is a new version of the account.
      window.addEventListener("account-changed", () => this.load());
    },

    async load() {
      try {
        const { data, etag } = await get(ME);
        this.show(data.user, etag);
        this.state = "filled";
      } catch (failure) {
        Object.assign(this, { state: "error", error: failure.message });
      }
    },

    show(user, etag) {
      this.known = user;
      const { display_name: name, email, locale } = user;
      this.fill({ display_name: name, email, locale }, { etag });
    },

    get movesAddress() {
      return this.state === "filled" && this.values.email.trim().toLowerCase() !== this.known.email;
    },

    get isUnproven() {
      return this.known.email_verified === false;
    },
  });
}

const resendLink = () =>
  once(async () => {
    await post("/api/v1/auth/email/resend");
    toast(t("tenancy.account.script.link_mailed"));
  });

const password = () =>
  form({
    url: ME,
    method: "PATCH",
    initial: { current_password: "", password: "" },
    savedText: t("tenancy.account.script.password_changed"),
    onSaved() {
      this.fill({});
      window.dispatchEvent(new CustomEvent("account-changed"));
    },
  });

document.addEventListener("alpine:init", () => {
  window.Alpine.data("profile", profile);
  window.Alpine.data("resendLink", resendLink);
  window.Alpine.data("password", password);
});
