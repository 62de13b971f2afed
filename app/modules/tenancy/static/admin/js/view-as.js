/** Begins looking as a merchant's owner; `viewAs(merchant, page)` opens that page, or their first. */

import { post } from "/static/core/js/api.js";
import { once } from "/static/core/js/once.js";

export function viewAs(merchantId, page = null) {
  return once(async () => {
    const { data } = await post(`/api/v1/admin/merchants/${merchantId}/view`);
    location.assign(page ?? data.landing);
  });
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("viewAs", viewAs);
});
