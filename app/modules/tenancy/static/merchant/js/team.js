/** Who works in the owner's stores. */

import { keeping } from "/static/tenancy/js/narrowed.js";
import { people } from "/static/tenancy/js/people.js";

document.addEventListener("alpine:init", () => {
  window.Alpine.data("team", () => keeping("merchant_id", people("/api/v1/merchant/users")));
});
