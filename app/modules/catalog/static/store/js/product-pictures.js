/** A product's pictures: their order in the form, and choosing them in the media library. */

import { ApiError, get } from "/static/core/js/api.js";
import { closeDialog, openDialog } from "/static/core/js/dialog.js";
import { number } from "/static/core/js/format.js";
import { t, tn } from "/static/core/js/i18n.js";

const PICTURES = "/api/v1/store/media?type=image&limit=60";
const PICKER = "picture-picker";
const SEARCH_DELAY_MS = 250;
export const IMAGE_LIMIT = "max_images_per_product";

/** Part of the product's form: `pictures` in their order, told to the form's values. */
export function productPictures() {
  return {
    pictures: [],

    showPictures(pictures) {
      this.pictures = pictures;
      this.values.image_media_ids = pictures.map(({ media_id: id }) => id);
      delete this.errors.image_media_ids;
    },

    choosePictures() {
      openDialog(PICKER, { chosen: this.pictures, take: (chosen) => this.showPictures(chosen) });
    },

    makeMain(place) {
      const main = this.pictures[place];
      this.showPictures([main, ...this.pictures.filter((one) => one !== main)]);
    },

    takeOut(place) {
      this.showPictures(this.pictures.filter((_one, at) => at !== place));
    },

    pictureText: (place) => t("catalog.pictures.script.picture", { number: number(place + 1) }),
    makeMainText: (place) => t("catalog.pictures.script.make_main", { number: number(place + 1) }),
    takeOutText: (place) => t("catalog.pictures.script.take_out", { number: number(place + 1) }),

    get picturesAllowedText() {
      const limit = this.$store.features.known[IMAGE_LIMIT]?.limit ?? null;
      if (limit === null) return "";
      return tn("catalog.pictures.script.allowed", limit, { limit: number(limit) });
    },
  };
}

export function picturePicker() {
  let timer = null;
  return {
    state: "loading",
    error: "",
    items: [],
    chosen: [],
    search: "",
    onTake: null,

    opened({ chosen, take }) {
      Object.assign(this, { chosen: [...chosen], onTake: take, search: "" });
      this.load();
    },

    searchSoon() {
      clearTimeout(timer);
      timer = setTimeout(() => this.load(), SEARCH_DELAY_MS);
    },

    async load() {
      const asked = this.search;
      try {
        const { data } = await get(`${PICTURES}&search=${encodeURIComponent(asked)}`);
        if (asked !== this.search) return;
        Object.assign(this, { items: data.items, state: data.items.length ? "filled" : "empty" });
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },

    isChosen({ id }) {
      return this.chosen.some((one) => one.media_id === id);
    },

    /** One more would be refused; what is chosen can always be given up. */
    isBeyond(row) {
      const limit = this.$store.features.known[IMAGE_LIMIT]?.limit ?? null;
      return limit !== null && this.chosen.length >= limit && !this.isChosen(row);
    },

    toggle({ id, ...picture }) {
      this.chosen = this.isChosen({ id })
        ? this.chosen.filter((one) => one.media_id !== id)
        : [...this.chosen, { media_id: id, ...picture }];
    },

    get chosenText() {
      const count = this.chosen.length;
      return tn("catalog.pictures.script.chosen", count, { count: number(count) });
    },

    take() {
      this.onTake(this.chosen);
      closeDialog(PICKER);
    },

    close() {
      closeDialog(PICKER);
    },
  };
}
