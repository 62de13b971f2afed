/** One thing of the API on a page of its own: loading, error, filled. */

import { ApiError, get } from "/static/core/js/api.js";

/** A component that shows the answer of `url` as `item`; `etag` names the version it showed. */
export function resource(url) {
  return {
    state: "loading",
    item: null,
    etag: null,
    error: "",

    init() {
      this.load();
    },

    async load() {
      try {
        const { data, etag } = await get(url);
        this.show(data, etag);
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        this.error = failure.message;
        this.state = "error";
      }
    },

    /** Show an answer, also that of a change. */
    show(data, etag) {
      Object.assign(this, { item: data, etag, state: "filled" });
    },
  };
}
