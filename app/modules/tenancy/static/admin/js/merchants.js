/** Merchants: list, and creating one with its owner and first store. */

import { combine } from "/static/core/js/component.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { editor } from "/static/tenancy/js/editor.js";
import { activity } from "/static/tenancy/js/status.js";

const MERCHANTS = "/api/v1/admin/merchants";

function merchants() {
  const list = resourceTable({ url: MERCHANTS, filters: ["active", "platform_id"], sort: "name" });
  return combine(list, activity(), {
    platformNames: (row) => row.platforms.map(({ name }) => name).join(", "),
  });
}

function merchantNew() {
  const creating = editor("merchant-new", {
    url: MERCHANTS,
    idempotent: true,
    initial: {
      name: "",
      country: "LU",
      vat_number: "",
      "owner.email": "",
      "owner.display_name": "",
      "store.platform_id": "",
      "store.name": "",
      "store.code": "",
    },
    toBody: toMerchant,
  });
  return combine(creating, {
    get hasStore() {
      return this.values["store.platform_id"] !== "";
    },
  });
}

// "owner.email" is a field's name, since errors come back for `/owner/email`.
function toMerchant(values) {
  const of = (part) => (name) => values[`${part}.${name}`];
  const [owner, store] = [of("owner"), of("store")];
  const platform = store("platform_id");
  return {
    name: values.name,
    country: values.country,
    vat_number: values.vat_number || null,
    owner: {
      email: owner("email"),
      display_name: owner("display_name"),
      locale: document.documentElement.lang,
    },
    store: platform
      ? { platform_id: Number(platform), name: store("name"), code: store("code") }
      : null,
  };
}

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("merchants", merchants);
  Alpine.data("merchantNew", merchantNew);
});
