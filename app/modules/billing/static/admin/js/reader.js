/** Reading one thing in a dialog: loading, error, filled. */

import { ApiError, get } from "/static/core/js/api.js";

/** A component whose dialog is opened with `{id}`; `addressOf(id)` is where the thing is. */
export function reader(addressOf) {
  return {
    id: null,
    item: null,
    state: "loading",
    error: "",

    opened({ id }) {
      this.id = id;
      this.load();
    },

    async load() {
      Object.assign(this, { item: null, state: "loading" });
      try {
        const { data } = await get(addressOf(this.id));
        if (data.id === this.id) Object.assign(this, { item: data, state: "filled" });
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },
  };
}
