/** Kept mails: list, and reading one. */

import { ApiError, get } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { openDialog } from "/static/core/js/dialog.js";
import { t } from "/static/core/js/i18n.js";
import { resourceTable } from "/static/core/js/resource-table.js";

const MAILS = "/api/v1/admin/mails";

function mails() {
  return combine(resourceTable({ url: MAILS, sort: "-created_at" }), {
    languageText: (row) => t(`core.mails.language.${row.locale}`),
    read: (row) => openDialog("mail", { id: row.id }),
  });
}

function mailReader() {
  return {
    id: null,
    mail: null,
    state: "loading",
    error: "",

    opened({ id }) {
      this.id = id;
      this.load();
    },

    async load() {
      Object.assign(this, { mail: null, state: "loading" });
      try {
        const { data } = await get(`${MAILS}/${this.id}`);
        if (data.id === this.id) Object.assign(this, { mail: data, state: "filled" });
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },
  };
}

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("mails", mails);
  Alpine.data("mailReader", mailReader);
});
