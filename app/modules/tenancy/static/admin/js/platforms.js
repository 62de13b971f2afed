/** Platforms: list, create, edit. */

import { combine } from "/static/core/js/component.js";
import { openDialog } from "/static/core/js/dialog.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { editor, pick } from "/static/tenancy/js/editor.js";
import { activity } from "/static/tenancy/js/status.js";

const PLATFORMS = "/api/v1/admin/platforms";
const FIELDS = ["name", "timezone", "is_active"];

function platforms() {
  return combine(resourceTable({ url: PLATFORMS, filters: ["active"], sort: "name" }), activity(), {
    edit: (row) => openDialog("platform-edit", row),
  });
}

const platformNew = () =>
  editor("platform-new", {
    url: PLATFORMS,
    idempotent: true,
    initial: { name: "", code: "", timezone: "Europe/Luxembourg", currency: "EUR" },
  });

const platformEdit = () =>
  editor("platform-edit", {
    url: ({ id }) => `${PLATFORMS}/${id}`,
    method: "PATCH",
    fields: FIELDS,
    toBody: (values) => pick(values, FIELDS),
  });

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("platforms", platforms);
  Alpine.data("platformNew", platformNew);
  Alpine.data("platformEdit", platformEdit);
});
