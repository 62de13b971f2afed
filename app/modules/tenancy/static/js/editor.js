/** Forms in dialogs beside a list: they close and tell the list when they have saved. */

import { combine } from "/static/core/js/component.js";
import { closeDialog } from "/static/core/js/dialog.js";
import { form } from "/static/core/js/form.js";
import { t } from "/static/core/js/i18n.js";

/** The tag of a version, as the API writes it. */
export const etagOf = ({ version }) => `"v${version}"`;

/** Keep only these fields of an object; empty texts become null where `nullable` names them. */
export function pick(values, names, nullable = []) {
  return Object.fromEntries(
    names.map((name) => [name, nullable.includes(name) && !values[name] ? null : values[name]]),
  );
}

/**
 * A form in the dialog `id`; takes the options of `form`. `fields` are filled from what the
 * dialog is opened with, in that version; without them the form opens empty.
 * An element around it hears `saved` with the answer.
 */
export function editor(id, { fields = null, ...options }) {
  const saved = { savedText: t("tenancy.tenants.saved"), onSaved: done };
  return combine(form({ ...saved, ...options }), {
    opened(detail) {
      if (fields) this.fill(pick(detail, ["id", ...fields]), { etag: etagOf(detail) });
      else this.fill({});
    },
  });

  function done(data) {
    closeDialog(id);
    this.$dispatch("saved", { data, etag: this.etag });
  }
}
