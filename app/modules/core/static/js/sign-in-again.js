/**
 * Where the session has ended, the password is asked for over whatever is open, so that nothing
 * of what was typed is lost.
 */

import { openDialog } from "./dialog.js";

export const ID = "sign-in-again";
let asked = null;

/** Whether this page can ask: those before sign-in cannot. */
export const canAsk = () => document.getElementById(ID) !== null;

/**
 * The new CSRF token once the reader has signed in again, null where the question was closed.
 * Who asks meanwhile gets the same answer.
 */
export function askToSignIn() {
  asked ??= new Promise((resolve) => {
    document.getElementById(ID).addEventListener("close", () => resolve(null), { once: true });
    openDialog(ID, { resolve });
  }).finally(() => {
    asked = null;
  });
  return asked;
}
