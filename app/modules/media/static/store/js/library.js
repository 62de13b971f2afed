/** A store's media library: list, details with usage, delete; uploads are in `uploads.js`. */

import { get, put, remove } from "/static/core/js/api.js";
import { useFeatures } from "/static/billing/js/features.js";
import { combine } from "/static/core/js/component.js";
import { confirm } from "/static/core/js/confirm.js";
import { closeDialog, openDialog } from "/static/core/js/dialog.js";
import { form } from "/static/core/js/form.js";
import { number } from "/static/core/js/format.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { bytesText } from "/static/media/js/bytes.js";
import { toast } from "/static/core/js/toast.js";
import { mediaUpload } from "./uploads.js";

const MEDIA = "/api/v1/store/media";
const SPACE = "max_storage_mb";
const LIBRARY = "media_library";
const KNOWN_USES = ["main_image", "gallery", "logo"];

/** What the plan says to the page. */
function mediaPlan() {
  return {
    get metrics() {
      return this.$store.features.metrics(SPACE, t("media.library.script.space"));
    },

    get isFull() {
      return this.$store.features.isLocked(SPACE);
    },

    get isLocked() {
      return this.$store.features.isLocked(LIBRARY);
    },

    get lockedText() {
      const tier = this.$store.features.tierOf(LIBRARY);
      return t(`media.library.script.locked${tier ? "_tier" : ""}`, { tier });
    },
  };
}

function mediaFiles() {
  return combine(
    resourceTable({ url: MEDIA, filters: ["folder", "type"], sort: "-created_at" }),
    once(act),
    {
      folders: [],
      logoId: null,

      begin() {
        this.logoId = Number(this.$root.dataset.logoId) || null;
        return this.readFolders();
      },

      async changed() {
        await Promise.all([this.load(), this.readFolders(), this.$store.features.refresh()]);
      },

      async readFolders() {
        const { data } = await get(`${MEDIA}/stats`);
        this.folders = data.by_folder.map(({ name }) => name).filter(Boolean);
      },

      kindText: ({ kind }) => t(`media.library.script.kind.${kind}`),
      sizeText: ({ byte_size: bytes }) => bytesText(bytes),
      open: (row) => openDialog("media-file", row),

      isLogo({ id }) {
        return id === this.logoId;
      },

      mayBeLogo(row) {
        return row.kind !== "document" && !this.isLogo(row);
      },
    },
  );
}

/** One of the row's actions, by name; `once` keeps two from running at the same time. */
function act(name, row) {
  return { discard, chooseLogo, removeLogo }[name].call(this, row);
}

async function discard(row) {
  const { data } = await get(`${MEDIA}/${row.id}/usage`);
  const agreed = await confirm({
    title: t("media.library.script.delete_title", { name: row.name }),
    text: whatIsLost(data),
    action: t("media.library.script.delete"),
    danger: true,
  });
  if (!agreed) return;
  await remove(`${MEDIA}/${row.id}?force=true`);
  toast(t("media.library.script.deleted"));
  await this.changed();
}

function whatIsLost({ uses, is_complete: isComplete }) {
  if (!isComplete) return t("media.library.script.delete_unknown");
  if (!uses.length) return t("media.library.script.delete_unused");
  return t("media.library.script.delete_used", { uses: uses.map(useText).join(", ") });
}

async function chooseLogo(row) {
  await put(`${MEDIA}/logo`, { media_id: row.id });
  this.logoId = row.id;
  toast(t("media.library.script.logo_chosen"));
}

async function removeLogo() {
  await put(`${MEDIA}/logo`, { media_id: null });
  this.logoId = null;
  toast(t("media.library.script.logo_removed"));
}

/** Details of one file: its picture, who shows it, name and folder. */
function mediaForm() {
  return combine(
    form({
      url: ({ id }) => `${MEDIA}/${id}`,
      method: "PATCH",
      initial: { id: null, name: "", folder: "" },
      toBody: ({ name, folder }) => ({ name, folder }),
      savedText: t("media.library.script.saved"),
      onSaved() {
        closeDialog("media-file");
        window.dispatchEvent(new CustomEvent("media-changed"));
      },
    }),
    {
      file: null,
      uses: null,

      async opened(file) {
        Object.assign(this, { file, uses: null });
        this.fill({ id: file.id, name: file.name, folder: file.folder });
        const { data } = await get(`${MEDIA}/${file.id}/usage`);
        if (this.file.id === file.id) this.uses = data.uses;
      },

      get usesText() {
        return (this.uses ?? []).map(useText);
      },

      get measuresText() {
        return this.file?.width ? `${number(this.file.width)} × ${number(this.file.height)} px` : "–";
      },

      get sizeText() {
        return this.file ? bytesText(this.file.byte_size) : "";
      },
    },
  );
}

function useText({ entity_name: name, usage_type: type }) {
  return KNOWN_USES.includes(type) ? t(`media.library.script.use.${type}`, { name }) : name;
}

useFeatures(SPACE, LIBRARY);
document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("mediaPlan", mediaPlan);
  Alpine.data("mediaFiles", mediaFiles);
  Alpine.data("mediaForm", mediaForm);
  Alpine.data("mediaUpload", mediaUpload);
});
