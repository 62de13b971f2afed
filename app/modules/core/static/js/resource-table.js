/**
 * Lists against `{"items", "next_cursor", "total", "total_is_estimate"}`.
 *
 * Search, filters, sort and page live in the address, so that a view can be linked and the back
 * button works. States: loading, empty, error, filled; old rows stay while new ones are fetched.
 */

import { ApiError, get } from "./api.js";
import { number } from "./format.js";
import { t, tn } from "./i18n.js";

const SEARCH_DELAY_MS = 250;

/**
 * A component for one list; `combine` it with what the rows can do.
 *
 * `url`      the endpoint
 * `filters`  names of its filters, each also the name in the address
 * `sort`     sort at first sight, as "name" or "-created_at"
 * `limit`    rows a page
 */
export function resourceTable({ url, filters = [], sort = "", limit = 50 }) {
  const names = ["search", ...filters];
  return {
    state: "loading",
    items: [],
    total: null,
    isEstimate: false,
    nextCursor: null,
    query: {},
    error: "",
    pending: null,
    timer: null,

    init() {
      this.readAddress();
      this.load();
      window.addEventListener("popstate", () => {
        this.readAddress();
        this.load();
      });
    },

    /** Fetch the page that the query describes; a later call makes an earlier one void. */
    async load() {
      this.pending?.abort();
      this.pending = new AbortController();
      this.state = this.items.length ? "refreshing" : "loading";
      try {
        const { data } = await get(this.address(), { signal: this.pending.signal });
        this.show(data);
      } catch (error) {
        if (error.name !== "AbortError") this.fail(error);
      }
    },

    show({ items, next_cursor, total, total_is_estimate }) {
      this.items = items;
      this.nextCursor = next_cursor;
      this.total = total;
      this.isEstimate = total_is_estimate;
      this.state = items.length ? "filled" : "empty";
    },

    fail(error) {
      if (!(error instanceof ApiError)) throw error;
      this.items = [];
      this.error = error.message;
      this.state = "error";
    },

    /** Bound to the search field: waits for the end of typing. */
    searchSoon() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.apply(), SEARCH_DELAY_MS);
    },

    /** Search and filters have changed: back to the first page. */
    apply() {
      this.query.cursor = "";
      this.visit();
    },

    clear() {
      for (const name of names) this.query[name] = "";
      this.apply();
    },

    sortBy(column) {
      this.query.sort = this.query.sort === column ? `-${column}` : column;
      this.apply();
    },

    /** For `aria-sort` and the arrow of a column head. */
    direction(column) {
      if (this.query.sort === column) return "ascending";
      return this.query.sort === `-${column}` ? "descending" : null;
    },

    nextPage() {
      this.query.cursor = this.nextCursor;
      this.visit();
      this.$root.scrollIntoView({ block: "start" });
    },

    firstPage() {
      this.apply();
    },

    get isFirstPage() {
      return !this.query.cursor;
    },

    get isFiltered() {
      return names.some((name) => this.query[name]);
    },

    get isBusy() {
      return this.state === "loading" || this.state === "refreshing";
    },

    /** "1.204 results", for the foot and for screen readers. */
    get countText() {
      if (this.state === "loading" || this.total === null) return t("ui.script.loading");
      const key = this.isEstimate ? "ui.script.results_more" : "ui.script.results";
      return tn(key, this.total, { count: number(this.total) });
    },

    visit() {
      const search = this.parameters({ sort }).toString();
      history.pushState(null, "", search ? `?${search}` : location.pathname);
      this.load();
    },

    readAddress() {
      const given = new URLSearchParams(location.search);
      this.query = { sort: given.get("sort") ?? sort, cursor: given.get("cursor") ?? "" };
      for (const name of names) this.query[name] = given.get(name) ?? "";
    },

    address() {
      const parameters = this.parameters({});
      parameters.set("limit", limit);
      return `${url}?${parameters}`;
    },

    // Values that say nothing beyond the defaults stay out of the address.
    parameters(defaults) {
      const told = Object.entries(this.query).filter(
        ([name, value]) => value && value !== defaults[name],
      );
      return new URLSearchParams(told);
    },
  };
}
