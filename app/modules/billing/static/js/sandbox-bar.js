/** Business time on every page of a demo: moves it ahead, and shows how far it got (S21). */

import { ApiError, get, post } from "/static/core/js/api.js";
import { datetime } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { meta } from "/static/core/js/page-data.js";
import { toast, toastOnNextPage } from "/static/core/js/toast.js";

const CLOCK = "/api/v1/demo/clock";
const LOOK_EVERY_MS = 300;

const MOVES = {
  day: () => ({ advance_days: 1 }),
  week: () => ({ advance_days: 7 }),
  trialEnd: () => until("trial_end"),
  renewal: () => until("next_renewal"),
};

// On a page of a store its own trial and renewal are meant, elsewhere the earliest of all.
function until(moment) {
  const store = meta("store-code");
  return store ? { until: moment, store_code: store } : { until: moment };
}

function sandboxBar() {
  return {
    now: null,
    target: null,
    began: null,

    async init() {
      this.now = this.$refs.now.getAttribute("datetime");
      await this.guarded(async () => {
        this.show((await get(CLOCK)).data);
        if (await this.follow()) this.tellOfOthers();
      });
    },

    async move(name) {
      if (this.isMoving) return;
      const pressed = document.activeElement;
      await this.guarded(async () => {
        this.show((await post(CLOCK, MOVES[name]())).data);
        if (await this.follow()) this.openAnew();
      });
      this.$nextTick(() => pressed?.focus());
    },

    // Watches a move to its end; true when time arrived where it was to go.
    async follow() {
      if (!this.isMoving) return false;
      let state = null;
      do {
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
        state = (await get(CLOCK)).data;
        this.show(state);
      } while (state.moving);
      if (state.error) toast(state.error.detail, { tone: "bad" });
      return !state.error;
    },

    show({ now, target }) {
      this.began = this.target === null ? now : this.began;
      this.now = now;
      this.target = target;
    },

    async guarded(action) {
      try {
        await action();
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        this.target = null;
        toast(error.message, { tone: "bad" });
      }
    },

    openAnew() {
      toastOnNextPage(t("billing.clock.script.arrived", { date: this.nowText }));
      location.reload();
    },

    // What is typed on this page may not be saved yet: only its reader reloads it.
    tellOfOthers() {
      const action = { label: t("billing.clock.script.reload"), run: () => location.reload() };
      toast(t("billing.clock.script.arrived", { date: this.nowText }), { tone: "info", action });
    },

    get isMoving() {
      return this.target !== null;
    },

    get isStill() {
      return this.target === null;
    },

    get nowText() {
      return datetime(this.now);
    },

    get movingText() {
      return this.isMoving ? t("billing.clock.script.moving", { date: datetime(this.target) }) : "";
    },

    get percent() {
      const [began, now, target] = [this.began, this.now, this.target].map(Date.parse);
      return target > began ? Math.round((100 * (now - began)) / (target - began)) : 0;
    },

    get bar() {
      return { width: `${this.percent}%` };
    },
  };
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("sandboxBar", sandboxBar);
});
