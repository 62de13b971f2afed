/** What all stores have in storage, and store by store. */

import { get } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { number } from "/static/core/js/format.js";
import { bytesText } from "/static/media/js/bytes.js";
import { once } from "/static/core/js/once.js";
import { resourceTable } from "/static/core/js/resource-table.js";

const MEDIA = "/api/v1/admin/media";

function mediaFigures() {
  return combine(once(read), {
    figures: null,

    init() {
      this.run();
    },

    get bytesText() {
      return this.figures ? bytesText(this.figures.byte_size) : "";
    },

    get filesText() {
      return this.figures ? number(this.figures.files) : "";
    },

    kindText(kind) {
      if (!this.figures) return "";
      return number(this.figures.by_kind.find(({ name }) => name === kind)?.files ?? 0);
    },
  });
}

async function read() {
  this.figures = (await get(`${MEDIA}/stats`)).data;
}

function mediaStores() {
  return combine(resourceTable({ url: `${MEDIA}/stores`, sort: "-size" }), {
    bytesOf: ({ byte_size: bytes }) => bytesText(bytes),
  });
}

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("mediaFigures", mediaFigures);
  Alpine.data("mediaStores", mediaStores);
});
