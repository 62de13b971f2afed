/** The page of the exceptions of one merchant on one platform. */

import { ApiError, put } from "/static/core/js/api.js";
import { combine } from "/static/core/js/component.js";
import { t } from "/static/core/js/i18n.js";
import { once } from "/static/core/js/once.js";
import { json } from "/static/core/js/page-data.js";
import { toast } from "/static/core/js/toast.js";
import { overrideEditor } from "./override-editor.js";

function overrides() {
  const { id, platform_id: platform } = json("merchant");
  return combine(once(save), overrideEditor(), {
    state: "loading",
    error: "",

    init() {
      this.load();
    },

    async load() {
      try {
        await this.readExceptions(id, platform);
        this.state = "filled";
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        Object.assign(this, { error: failure.message, state: "error" });
      }
    },
  });
}

async function save() {
  const wishes = this.wishes();
  if (!wishes.length) return;
  await put(this.exceptionsAt, wishes, { etag: this.exceptionsTag });
  toast(t("billing.overrides.script.saved"));
  await this.load();
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("overrides", overrides);
});
