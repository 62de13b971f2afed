/** Asks before money is spent or something is taken away, in the one dialog of the frame. */

import { openDialog } from "./dialog.js";

const ID = "confirm";

/**
 * Ask; answers true when the reader agrees, false on anything else.
 * `title` is the question, `text` says exactly what will happen, `action` is the button's verb.
 */
export function confirm({ title, text, action, danger = false }) {
  return new Promise((resolve) => {
    openDialog(ID, { question: { title, text, action, danger }, resolve });
  });
}

/** Component `confirmation`: the dialog itself. */
export function confirmation() {
  return {
    question: { title: "", text: "", action: "", danger: false },
    answered: null,

    ask({ detail }) {
      this.question = detail.question;
      this.answered = detail.resolve;
    },

    agree() {
      this.answered(true);
      this.$root.close();
    },

    // Also after `agree`: a promise keeps its first answer.
    refuse() {
      this.answered?.(false);
    },

    close() {
      this.$root.close();
    },
  };
}
