/** The owner's stores, and opening another one. */

import { combine } from "/static/core/js/component.js";
import { json } from "/static/core/js/page-data.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { editor } from "/static/tenancy/js/editor.js";
import { keeping } from "/static/tenancy/js/narrowed.js";
import { activity } from "/static/tenancy/js/status.js";

const STORES = "/api/v1/merchant/stores";

function ownStores() {
  const list = resourceTable({ url: STORES, filters: ["status", "platform_id"], sort: "name" });
  return combine(keeping("merchant_id", list), activity());
}

const ownStoreNew = () =>
  editor("store-new", {
    url: `${STORES}?${new URLSearchParams({ merchant_id: json("merchant").id })}`,
    idempotent: true,
    initial: { platform_id: "", name: "", code: "" },
    toBody: ({ platform_id: platform, name, code }) => ({
      platform_id: Number(platform),
      name,
      code,
    }),
  });

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("ownStores", ownStores);
  Alpine.data("ownStoreNew", ownStoreNew);
});
