/**
 * Forms: input survives every error, errors stand at their field and in a summary on top, and a
 * form that works cannot be sent twice.
 */

import * as api from "./api.js";
import { toast } from "./toast.js";

/**
 * A component for one form.
 *
 * `url`, `method`   where it goes; each a text or a function of the values
 * `initial`         values of the fields, by name
 * `toBody(values)`  what is sent, where it differs from the values
 * `onSaved(data)`   what happens then; called on the component
 * `savedText`       toast of success
 * `idempotent`      sends an Idempotency-Key, the same one until an answer arrives
 */
export function form({
  url,
  method = "POST",
  initial = {},
  toBody = (values) => values,
  onSaved = () => {},
  savedText = null,
  idempotent = false,
}) {
  return {
    values: copyOf(initial),
    errors: {},
    message: null,
    busy: false,
    saved: false,
    etag: null,
    idempotencyKey: null,

    /** Fill the form anew, for editing something else. */
    fill(values, { etag = null } = {}) {
      this.values = copyOf({ ...initial, ...values });
      Object.assign(this, { errors: {}, message: null, saved: false, etag, idempotencyKey: null });
    },

    async submit() {
      if (this.busy) return;
      Object.assign(this, { busy: true, saved: false, errors: {}, message: null });
      if (idempotent) this.idempotencyKey ??= api.newIdempotencyKey();
      try {
        const { data, etag } = await api.request(given(method, this.values), given(url, this.values), {
          body: toBody(this.values),
          etag: this.etag,
          idempotencyKey: this.idempotencyKey,
        });
        Object.assign(this, { saved: true, etag, idempotencyKey: null });
        if (savedText) toast(savedText);
        await onSaved.call(this, data);
      } catch (error) {
        this.refuse(error);
      } finally {
        this.busy = false;
      }
    },

    /** Show what the server refused and bring the reader there. */
    refuse(error) {
      if (!(error instanceof api.ApiError)) throw error;
      // After an answer the next press is a new intent; without one it is the same.
      if (error.status) this.idempotencyKey = null;
      this.errors = error.errors;
      this.message = error.message;
      this.$nextTick(() => this.$root.querySelector("[data-summary]")?.focus());
    },

    /** Sentences of the summary that no field of this form shows. */
    get unplacedErrors() {
      const isHere = (name) => this.$root.querySelector(`[name="${CSS.escape(name)}"]`);
      return Object.entries(this.errors)
        .filter(([name]) => !isHere(name))
        .map(([, detail]) => detail);
    },

    /** Clear the error of a field that is being put right; bound to the form's input event. */
    touched(event) {
      delete this.errors[event.target.name];
      this.saved = false;
    },
  };
}

function given(choice, values) {
  return typeof choice === "function" ? choice(values) : choice;
}

/** Values are JSON; what comes from another component is watched, and cannot be cloned as it is. */
function copyOf(values) {
  return JSON.parse(JSON.stringify(values));
}
