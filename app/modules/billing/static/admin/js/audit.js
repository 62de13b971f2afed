/** The audit log: who did what, and what it changed. */

import { combine } from "/static/core/js/component.js";
import { openDialog } from "/static/core/js/dialog.js";
import { datetime } from "/static/core/js/format.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { ADMIN } from "./tier-address.js";

const NARROWED = ["merchant_id", "actor"];
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/;

function audit() {
  const list = resourceTable({ url: `${ADMIN}/audit`, filters: NARROWED, sort: "-at" });
  return combine(list, {
    actorText: (row) => row.actor_name ?? row.actor,
    targetText: (row) => row.merchant_name ?? `${row.target_type} ${row.target_id}`,

    /** Narrow the list to an actor or a merchant; an empty value shows all again. */
    only(name, value) {
      this.query[name] = String(value);
      this.apply();
    },

    /** What the list is narrowed to besides its search, in words as far as its rows tell. */
    get narrowed() {
      const [first] = this.items;
      const texts = {
        actor: first?.actor_name ?? this.query.actor,
        merchant_id: first?.merchant_name ?? this.query.merchant_id,
      };
      return NARROWED.filter((name) => this.query[name]).map((name) => ({ name, text: texts[name] }));
    },

    read: (row) => openDialog("audit-entry", row),
  });
}

function auditEntry() {
  return {
    row: null,

    opened(row) {
      this.row = row;
    },

    /** A line for each field that an entry holds, with what it was and what it is. */
    get changes() {
      const { before, after } = this.row ?? {};
      const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
      return names.map((name) => ({ name, before: inWords(before?.[name]), after: inWords(after?.[name]) }));
    },
  };
}

function inWords(value) {
  if (value === null || value === undefined) return "–";
  if (INSTANT.test(value)) return datetime(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("audit", audit);
  window.Alpine.data("auditEntry", auditEntry);
});
