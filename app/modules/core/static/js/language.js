/** The language switch: the server remembers `?lang=` in a cookie, the account keeps it too. */

import { patch } from "./api.js";
import { toast } from "./toast.js";

/** Component `language`; works as a plain link for who is not signed in. */
export function language() {
  return {
    // The switch has done its work once the page is here; a copied address should not carry it.
    init() {
      const address = new URL(location.href);
      if (!address.searchParams.has("lang")) return;
      address.searchParams.delete("lang");
      history.replaceState(history.state, "", address);
    },

    async use(locale, isSignedIn) {
      try {
        if (isSignedIn) await patch("/api/v1/auth/me", { locale });
        const address = new URL(location.href);
        address.searchParams.set("lang", locale);
        location.assign(address);
      } catch (error) {
        toast(error.message, { tone: "bad" });
      }
    },
  };
}
