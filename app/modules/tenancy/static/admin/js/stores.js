/** Stores of all merchants in scope. */

import { combine } from "/static/core/js/component.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { activity } from "/static/tenancy/js/status.js";

function stores() {
  const list = resourceTable({
    url: "/api/v1/admin/stores",
    filters: ["status", "platform_id"],
    sort: "name",
  });
  return combine(list, activity());
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("stores", stores);
});
