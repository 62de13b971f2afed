/** An action that works once at a time: presses while it runs are ignored. */

import { ApiError } from "./api.js";
import { toast } from "./toast.js";

/**
 * A component around one asynchronous action: `run` starts it, `busy` tells that it works.
 * What the server refuses is shown as a toast.
 */
export function once(action) {
  return {
    busy: false,

    async run(...given) {
      if (this.busy) return;
      this.busy = true;
      try {
        await action.apply(this, given);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        toast(error.message, { tone: "bad" });
      } finally {
        this.busy = false;
      }
    },
  };
}
