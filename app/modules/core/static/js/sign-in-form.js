/** The form of the dialog that asks for the password again; see sign-in-again.js. */

import { combine } from "./component.js";
import { closeDialog } from "./dialog.js";
import { form } from "./form.js";
import { ID } from "./sign-in-again.js";

/** Component `signInAgain`. */
export function signInAgain() {
  const fields = form({
    url: "/api/v1/auth/login",
    initial: { email: "", password: "" },
    onSaved({ csrf_token: token }) {
      this.resolve(token);
      closeDialog(ID);
    },
  });
  return combine(fields, {
    resolve: null,

    opened({ resolve }) {
      this.resolve = resolve;
      this.fill({ email: this.$root.querySelector("[name=email]").value });
    },
  });
}
