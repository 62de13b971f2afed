/** A store's products: list, edit, delete and restore, import. */

import { ApiError, get, post, remove } from "/static/core/js/api.js";
import { amountText, centsOf } from "/static/core/js/amount.js";
import { useFeatures } from "/static/billing/js/features.js";
import { combine } from "/static/core/js/component.js";
import { confirm } from "/static/core/js/confirm.js";
import { closeDialog, openDialog } from "/static/core/js/dialog.js";
import { form } from "/static/core/js/form.js";
import { number } from "/static/core/js/format.js";
import { t, tn } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { toast } from "/static/core/js/toast.js";
import { IMAGE_LIMIT, picturePicker, productPictures } from "./product-pictures.js";

const PRODUCTS = "/api/v1/store/products";
const LIMIT = "max_products";
const IMPORT = "bulk_import";

function products() {
  return combine(
    resourceTable({ url: PRODUCTS, filters: ["status"], sort: "-created_at" }),
    once(act),
    {
      isDeleted: (row) => row.deleted_at !== null,
      statusText: (row) => t(`catalog.products.script.status.${statusOf(row)}`),
      toneOf: (row) => ({ active: "good", inactive: "neutral", deleted: "bad" })[statusOf(row)],

      async edit(row) {
        const { data, etag } = await get(`${PRODUCTS}/${row.id}`);
        openDialog("product", { ...data, etag });
      },

      async changed() {
        await Promise.all([this.load(), this.$store.features.refresh()]);
      },
    },
  );
}

function statusOf(row) {
  if (row.deleted_at) return "deleted";
  return row.is_active ? "active" : "inactive";
}

/** One of the row's actions, by name; `once` keeps two from running at the same time. */
function act(name, row) {
  return { discard, restore, edit: this.edit }[name].call(this, row);
}

async function discard(row) {
  const agreed = await confirm({
    title: t("catalog.products.script.delete_title", { name: row.name }),
    text: t("catalog.products.script.delete_text"),
    action: t("catalog.products.script.delete"),
    danger: true,
  });
  if (!agreed) return;
  await remove(`${PRODUCTS}/${row.id}`);
  toast(t("catalog.products.script.deleted"));
  await this.changed();
}

async function restore(row) {
  await post(`${PRODUCTS}/${row.id}/restore`);
  toast(t("catalog.products.script.restored"));
  await this.changed();
}

/** The buttons above the list, and what the plan says to them. */
function productActions() {
  return {
    get isFull() {
      return this.$store.features.isLocked(LIMIT);
    },

    get isImportLocked() {
      return this.$store.features.isLocked(IMPORT);
    },

    get fullText() {
      return upgradeText("full", LIMIT, this.$store.features);
    },

    get importLockedText() {
      return upgradeText("import_locked", IMPORT, this.$store.features);
    },

    get countText() {
      const found = this.$store.features.known[LIMIT];
      if (!found || found.limit === null) return "";
      const [current, limit] = [number(found.current), number(found.limit)];
      return tn("catalog.products.script.count", found.limit, { current, limit });
    },

    get metrics() {
      return this.$store.features.metrics(LIMIT, t("catalog.products.script.products"));
    },

    add: () => openDialog("product", {}),
    importFile: () => openDialog("product-import"),
  };
}

function upgradeText(key, code, features) {
  const tier = features.tierOf(code);
  return t(`catalog.products.script.${key}${tier ? "_tier" : ""}`, { tier });
}

/** One form for a new product and for a known one; the price is typed in whole units. */
function productForm(digits) {
  const blank = {
    id: null,
    name: "",
    sku: "",
    price_cents: "",
    description: "",
    is_active: true,
    image_media_ids: [],
  };
  return combine(
    productPictures(),
    form({
      url: ({ id }) => (id ? `${PRODUCTS}/${id}` : PRODUCTS),
      method: ({ id }) => (id ? "PATCH" : "POST"),
      initial: blank,
      toBody: ({ id, price_cents: price, ...rest }) => ({ ...rest, price_cents: cents(price) }),
      savedText: t("catalog.products.script.saved"),
      idempotent: true,
      onSaved() {
        closeDialog("product");
        window.dispatchEvent(new CustomEvent("products-changed"));
      },
    }),
    {
      opened({ etag = null, images = [], ...product }) {
        const names = Object.keys(blank).filter((name) => name in product);
        const values = Object.fromEntries(names.map((name) => [name, product[name]]));
        if (product.id) values.price_cents = amountText(product.price_cents, digits);
        this.fill(values, { etag });
        this.showPictures(images);
      },
    },
  );

  function cents(text) {
    const found = centsOf(text, digits);
    if (found !== null) return found;
    throw new ApiError(t("catalog.products.script.check"), {
      errors: { price_cents: t("catalog.products.script.price_unreadable") },
    });
  }
}

/** Sends a file; what is wrong with its rows is listed, and nothing was imported then. */
function productImport() {
  return {
    busy: false,
    message: "",
    problems: [],

    opened() {
      this.$refs.file.value = "";
      this.forget();
    },

    forget() {
      Object.assign(this, { message: "", problems: [] });
    },

    async send() {
      const [file] = this.$refs.file.files;
      if (this.busy) return;
      this.forget();
      if (!file) {
        this.message = t("catalog.products.script.choose_file");
        return;
      }
      this.busy = true;
      try {
        const body = new FormData();
        body.append("file", file);
        const { data } = await post(`${PRODUCTS}/import`, body);
        closeDialog("product-import");
        toast(tn("catalog.products.script.imported", data.imported, { count: number(data.imported) }));
        window.dispatchEvent(new CustomEvent("products-changed"));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        this.show(error);
      } finally {
        this.busy = false;
      }
    },

    show({ message, errors, params = {} }) {
      const tier = params.upgrade_to?.name;
      this.message =
        params.fit === undefined
          ? message
          : t(`catalog.products.script.too_many${tier ? "_tier" : ""}`, {
              rows: number(params.rows),
              fit: number(params.fit),
              tier,
            });
      this.problems = Object.entries(errors).map(([place, detail]) => describe(place, detail));
      this.$nextTick(() => this.$refs.summary.focus());
    },
  };
}

// "rows.3.sku" → "Line 3, sku: …".
function describe(place, detail) {
  const [kind, line, column] = place.split(".");
  if (kind !== "rows") return detail;
  const key = column ? "line_column" : "line";
  return t(`catalog.products.script.${key}`, { line, column, detail });
}

useFeatures(LIMIT, IMPORT, IMAGE_LIMIT);
document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("products", products);
  Alpine.data("productActions", productActions);
  Alpine.data("productForm", productForm);
  Alpine.data("productImport", productImport);
  Alpine.data("picturePicker", picturePicker);
});
