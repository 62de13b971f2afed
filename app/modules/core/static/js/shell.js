/** The frame's keyboard: `/` goes to the search, `?` opens the help. */

import { post } from "./api.js";
import { openDialog } from "./dialog.js";
import { toast } from "./toast.js";

const TYPING = "input, textarea, select, [contenteditable]";

/** Component `shell`, on the body. */
export function shell() {
  return {
    key(event) {
      const isTyping = event.target.closest?.(TYPING);
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector("dialog:modal")) return;
      if (event.key === "/") this.search(event);
      if (event.key === "?") openDialog("keyboard-help");
    },

    search(event) {
      const field = [...document.querySelectorAll("[data-search]")].find(isVisible);
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
    },

    help() {
      openDialog("keyboard-help");
    },

    async signOut() {
      try {
        await post("/api/v1/auth/logout");
        location.assign("/login");
      } catch (error) {
        toast(error.message, { tone: "bad" });
      }
    },
  };
}

function isVisible(element) {
  return element.offsetParent !== null;
}
