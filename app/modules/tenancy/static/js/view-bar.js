/** Ends looking as a merchant's owner. */

import { remove } from "/static/core/js/api.js";
import { once } from "/static/core/js/once.js";

async function end() {
  const { data } = await remove("/api/v1/auth/view");
  location.assign(data.landing);
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("viewBar", () => once(end));
});
