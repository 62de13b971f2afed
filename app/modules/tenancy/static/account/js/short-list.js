/** A list that is short by nature: all of it at once, several on one page. */

import { ApiError, get } from "/static/core/js/api.js";

/** States: loading, empty, error, filled. The list is fetched anew when `event` is seen. */
export function shortList(url, { event = null } = {}) {
  return {
    state: "loading",
    items: [],
    error: "",

    init() {
      this.load();
      if (event) window.addEventListener(event, () => this.load());
    },

    async load() {
      try {
        const { data } = await get(`${url}?limit=200`);
        this.items = data.items;
        this.state = data.items.length ? "filled" : "empty";
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { state: "error", error: failure.message });
      }
    },
  };
}
