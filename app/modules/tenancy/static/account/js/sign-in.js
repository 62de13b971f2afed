/** Signing in and signing up. */

import { combine } from "/static/core/js/component.js";
import { form } from "/static/core/js/form.js";

const MAX_CODE = 40;

// `data-next` is where the reader wanted to go before signing in.
const login = () =>
  form({
    url: "/api/v1/auth/login",
    initial: { email: "", password: "" },
    onSaved(data) {
      location.assign(this.$root.dataset.next || data.landing);
    },
  });

const EMPTY_SIGNUP = {
  merchant_name: "",
  store_name: "",
  store_code: "",
  display_name: "",
  email: "",
  password: "",
  platform_code: "",
};

function signup() {
  const fields = form({
    url: "/api/v1/auth/signup",
    initial: EMPTY_SIGNUP,
    toBody: (values) => ({ ...values, locale: document.documentElement.lang }),
    onSaved: ({ landing }) => location.assign(landing),
  });
  return combine(fields, {
    suggestion: "",

    init() {
      const { platform, plan } = this.$root.dataset;
      this.values.platform_code = platform;
      if (plan) this.values.tier_code = plan;
    },

    /** Offer a code made of the store's name, until another one is typed. */
    suggestCode() {
      if (this.values.store_code !== this.suggestion) return;
      this.suggestion = codeOf(this.values.store_name);
      this.values.store_code = this.suggestion;
    },
  });
}

// "Café Müller & Co" → "cafe-muller-co"
function codeOf(name) {
  const plain = name.normalize("NFKD").replace(/\p{Mark}/gu, "");
  const code = plain.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return code.slice(0, MAX_CODE).replace(/^-|-$/g, "");
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("login", login);
  window.Alpine.data("signup", signup);
});
