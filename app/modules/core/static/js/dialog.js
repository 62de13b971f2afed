/**
 * Modals and slide-overs on the browser's own `<dialog>`, which keeps the focus inside, closes
 * on Esc and gives the focus back.
 */

/** Open the dialog of this id; `detail` reaches the `opened` method of its component. */
export function openDialog(id, detail = {}) {
  const element = document.getElementById(id);
  if (!element.open) element.showModal();
  element.dispatchEvent(new CustomEvent("dialog-opened", { detail, bubbles: true }));
}

export function closeDialog(id) {
  document.getElementById(id).close();
}

/** Component `dialog`: closes by its buttons and by a press beside it. */
export function dialog() {
  return {
    pressedBeside: false,

    close() {
      this.$root.close();
    },

    // Both ends of the press must lie beside, so that selecting text outwards closes nothing.
    press(event) {
      this.pressedBeside = event.target === this.$root;
    },

    release(event) {
      if (this.pressedBeside && event.target === this.$root) this.close();
    },
  };
}

/** Component `opener`: a button that opens a dialog by id, for pages without own script. */
export function opener() {
  return {
    open(id) {
      openDialog(id);
    },
  };
}
