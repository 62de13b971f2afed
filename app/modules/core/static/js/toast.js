/** Short messages of what happened, announced to screen readers. */

const SHOWN_MS = 6000;
const AFTER_NAVIGATION = "toast";

/**
 * Show a message. `tone`: good, bad, info. `action`: `{label, run}` offers one thing, as "Undo";
 * a message with an action, or of something bad, stays until it is closed.
 */
export function toast(message, { tone = "good", action = null } = {}) {
  window.dispatchEvent(new CustomEvent("toast", { detail: { message, tone, action } }));
}

/** Show a message on the page that opens next. */
export function toastOnNextPage(message, { tone = "good" } = {}) {
  sessionStorage.setItem(AFTER_NAVIGATION, JSON.stringify({ message, tone }));
}

/** Component `toasts`: the live region in the frame. */
export function toasts() {
  return {
    items: [],
    counter: 0,

    init() {
      window.addEventListener("toast", ({ detail }) => this.add(detail));
      const kept = sessionStorage.getItem(AFTER_NAVIGATION);
      sessionStorage.removeItem(AFTER_NAVIGATION);
      if (kept) this.$nextTick(() => this.add(JSON.parse(kept)));
    },

    add({ message, tone, action = null }) {
      const id = ++this.counter;
      this.items.push({ id, message, tone, action });
      if (!action && tone !== "bad") setTimeout(() => this.close(id), SHOWN_MS);
    },

    close(id) {
      this.items = this.items.filter((item) => item.id !== id);
    },

    act(item) {
      this.close(item.id);
      item.action.run();
    },
  };
}
