/** One store: its facts, merchant and team; edited, closed, deleted and restored here. */

import { post, remove } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { confirm } from "/static/core/js/confirm.js";
import { openDialog } from "/static/core/js/dialog.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { json } from "/static/core/js/page-data.js";
import { toast } from "/static/core/js/toast.js";
import { editor, pick } from "/static/tenancy/js/editor.js";
import { resource } from "/static/tenancy/js/resource.js";
import { activity } from "/static/tenancy/js/status.js";

const STORES = "/api/v1/admin/stores";
const FIELDS = ["name", "subdomain", "is_active"];

function storeDetail() {
  const { id } = json("store");
  return combine(resource(`${STORES}/${id}`), once(switchPresence), activity(), {
    edit() {
      openDialog("store-edit", this.item);
    },

    saved({ detail }) {
      this.show(detail.data, detail.etag);
    },

    get isDeleted() {
      return this.item?.status === "deleted";
    },

    /** The owner first, then who works there or is invited. */
    get people() {
      if (!this.item) return [];
      const owner = { user: this.item.owner, role: "owner", status: "active" };
      return [owner, ...this.item.team];
    },

    roleText: ({ role }) => t(`tenancy.tenants.role.${role}`),
    nameOf: ({ user }) => user.display_name || user.email,
  });
}

/** Delete the store after a question, or restore it. */
async function switchPresence() {
  const address = `${STORES}/${this.item.id}`;
  if (this.isDeleted) {
    await post(`${address}/restore`);
    toast(t("tenancy.tenants.store_restored"));
  } else {
    const agreed = await confirm({
      title: t("tenancy.tenants.store_delete_title", { name: this.item.name }),
      text: t("tenancy.tenants.store_delete_text"),
      action: t("tenancy.tenants.store_delete"),
      danger: true,
    });
    if (!agreed) return;
    await remove(address);
    toast(t("tenancy.tenants.store_deleted"));
  }
  await this.load();
}

const storeEdit = () =>
  editor("store-edit", {
    url: ({ id }) => `${STORES}/${id}`,
    method: "PATCH",
    fields: FIELDS,
    toBody: (values) => pick(values, FIELDS),
  });

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("storeDetail", storeDetail);
  Alpine.data("storeEdit", storeEdit);
});
