/** Menus on the browser's popover: closes on Esc and outside; arrow keys move. */

const GAP = 4;
const EDGE = 8;
const STEP = { ArrowDown: 1, ArrowUp: -1 };

/** Component `menu`: needs `x-ref="trigger"` and `x-ref="panel"`; see the macro. */
export function menu() {
  return {
    open: false,

    init() {
      this.$refs.trigger.popoverTargetElement = this.$refs.panel;
    },

    toggled(event) {
      this.open = event.newState === "open";
      if (!this.open) return;
      place(this.$refs.panel, this.$refs.trigger);
      this.entries()[0]?.focus();
    },

    move(event) {
      const entries = this.entries();
      const at = entries.indexOf(document.activeElement);
      const target = { Home: 0, End: -1 }[event.key] ?? (at + STEP[event.key]) % entries.length;
      if (Number.isNaN(target)) return;
      event.preventDefault();
      entries.at(target).focus();
    },

    // Before the entry acts: the focus is back at the trigger, where a dialog will leave it.
    close() {
      this.$refs.panel.hidePopover();
    },

    entries() {
      const all = this.$refs.panel.querySelectorAll('[role^="menuitem"]:not(:disabled)');
      return [...all].filter((entry) => entry.offsetParent !== null);
    },
  };
}

// Below the trigger, its ends aligned; above where there is no room below.
function place(panel, trigger) {
  const box = trigger.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const alignsEnd = box.left + width > innerWidth - EDGE;
  const left = alignsEnd ? box.right - width : box.left;
  const below = box.bottom + GAP;
  const top = below + height > innerHeight - EDGE ? box.top - GAP - height : below;
  panel.style.left = `${Math.max(EDGE, left)}px`;
  panel.style.top = `${Math.max(EDGE, top)}px`;
}
