/** Components of the demonstration page: every piece in every state, without a server behind. */

import { combine } from "./component.js";
import { confirm } from "./confirm.js";
import { closeDialog, openDialog } from "./dialog.js";
import { form } from "./form.js";
import { t } from "./i18n.js";
import { once } from "./once.js";
import { resourceTable } from "./resource-table.js";
import { toast } from "./toast.js";

const LISTS = "/static/core/design";
const TONES = {
  active: "good",
  trial: "accent",
  past_due: "bad",
  pending: "warn",
  cancelled: "neutral",
};

const list = (url) => resourceTable({ url, filters: ["status", "plan"], sort: "name", limit: 10 });

function designList() {
  return combine(list(`${LISTS}/filled.json`), {
    toneOf: (row) => TONES[row.status],
    statusText: (row) => t(`ui.design.badge.${row.status}`),
    edit: (row) => openDialog("design-edit", row),
  });
}

// Stays as it is before the first answer.
const designLoading = () => combine(list(""), { init() {} });

const designForm = () =>
  form({
    url: `${LISTS}/filled.json`,
    initial: { name: "Moselwein Kellerei", interval: "monthly", alerts: true },
  });

function designRefused() {
  return combine(form({ url: LISTS, initial: { email: "kontakt@moselwein", terms: true } }), {
    message: t("ui.design.refused"),
    errors: { email: t("ui.design.refused_email") },
  });
}

function designEdit() {
  return combine(
    form({ url: `${LISTS}/filled.json`, method: "GET", savedText: t("ui.design.script.saved") }),
    {
      opened(row) {
        this.fill(row);
      },
    },
  );
}

function designMeters() {
  const metric = (code, current, limit) => {
    const percentage = limit === null ? 0 : (current / limit) * 100;
    return { name: t(`ui.design.meter.${code}`), current, limit, percentage };
  };
  return {
    metrics: [
      metric("team", 3, 10),
      metric("products", 187, 200),
      metric("orders", 1512, 1500),
      metric("media", 5120, null),
    ],
  };
}

function designOverlays() {
  return combine(
    once(async () => {
      const agreed = await confirm({
        title: t("ui.design.confirm_title"),
        text: t("ui.design.confirm_text"),
        action: t("ui.design.danger"),
        danger: true,
      });
      if (agreed) toast(t("ui.design.saved"));
    }),
    {
      openModal: () => openDialog("design-modal"),
      closeModal: () => closeDialog("design-modal"),
      openSlideOver: () => openDialog("design-edit", { name: "Moselwein Kellerei" }),
      showToast() {
        const undo = { label: t("ui.design.undo"), run: () => toast(t("ui.design.toast_undone")) };
        toast(t("ui.design.saved"), { action: undo });
      },
    },
  );
}

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.data("designList", designList);
  Alpine.data("designLoading", designLoading);
  Alpine.data("designEmpty", () => list(`${LISTS}/empty.json`));
  Alpine.data("designFailed", () => list(`${LISTS}/missing.json`));
  Alpine.data("designForm", designForm);
  Alpine.data("designRefused", designRefused);
  Alpine.data("designEdit", designEdit);
  Alpine.data("designMeters", designMeters);
  Alpine.data("designOverlays", designOverlays);
});
