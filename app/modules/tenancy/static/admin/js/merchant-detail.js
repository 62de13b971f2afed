/** One merchant: particulars, owner and stores. */

import { patch } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { confirm } from "/static/core/js/confirm.js";
import { openDialog } from "/static/core/js/dialog.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { json } from "/static/core/js/page-data.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { toast } from "/static/core/js/toast.js";
import { editor, etagOf, pick } from "/static/tenancy/js/editor.js";
import { narrowed } from "/static/tenancy/js/narrowed.js";
import { resource } from "/static/tenancy/js/resource.js";
import { activity } from "/static/tenancy/js/status.js";

const { id } = json("merchant");
const MERCHANT = `/api/v1/admin/merchants/${id}`;
const OPTIONAL = ["contact_phone", "address_line", "postal_code", "city", "vat_number"];
const FIELDS = ["name", "contact_email", "country", "is_verified", ...OPTIONAL];

function merchantDetail() {
  return combine(resource(MERCHANT), once(switchActivity), activity(), {
    edit() {
      openDialog("merchant-edit", this.item);
    },

    changeOwner() {
      openDialog("merchant-owner", this.item);
    },

    saved({ detail }) {
      this.show(detail.data, detail.etag);
    },

    /** Street, then postal code and town, as an envelope has them. */
    get addressText() {
      const { address_line: street, postal_code: code, city } = this.item;
      const town = [code, city].filter(Boolean).join(" ");
      return [street, town].filter(Boolean).join(", ") || "–";
    },

    get countryText() {
      return json("countries")[this.item.country] ?? this.item.country;
    },

    get verifiedText() {
      return t(`tenancy.tenants.verified.${this.item.is_verified ? "yes" : "no"}`);
    },
  });
}

/** Close the merchant after a question, or open it again. */
async function switchActivity() {
  const closes = this.item.is_active;
  const agreed =
    !closes ||
    (await confirm({
      title: t("tenancy.tenants.merchant_close_title", { name: this.item.name }),
      text: t("tenancy.tenants.merchant_close_text"),
      action: t("tenancy.tenants.merchant_close"),
      danger: true,
    }));
  if (!agreed) return;
  const { data, etag } = await patch(MERCHANT, { is_active: !closes }, { etag: this.etag });
  this.show(data, etag);
  toast(t(closes ? "tenancy.tenants.merchant_closed" : "tenancy.tenants.merchant_opened"));
}

const merchantEdit = () =>
  editor("merchant-edit", {
    url: MERCHANT,
    method: "PATCH",
    fields: FIELDS,
    toBody: (values) => pick(values, FIELDS, OPTIONAL),
  });

function merchantOwner() {
  const changing = editor("merchant-owner", {
    url: `${MERCHANT}/owner`,
    initial: { email: "", display_name: "" },
  });
  return combine(changing, {
    opened(merchant) {
      this.fill({}, { etag: etagOf(merchant) });
    },
  });
}

const merchantStores = () =>
  combine(
    narrowed(resourceTable({ url: "/api/v1/admin/stores", filters: ["status"], sort: "name" }), {
      merchant_id: id,
    }),
    activity(),
  );

function storeNew() {
  return editor("store-new", {
    url: "/api/v1/admin/stores",
    idempotent: true,
    initial: { platform_id: "", name: "", code: "" },
    toBody: ({ platform_id: platform, name, code }) => ({
      merchant_id: id,
      platform_id: Number(platform),
      name,
      code,
    }),
  });
}

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("merchantDetail", merchantDetail);
  Alpine.data("merchantEdit", merchantEdit);
  Alpine.data("merchantOwner", merchantOwner);
  Alpine.data("merchantStores", merchantStores);
  Alpine.data("storeNew", storeNew);
});
