/** The audit log: who did what, and what it changed. */

import { combine } from "/static/core/js/component.js";
import { openDialog } from "/static/core/js/dialog.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { ADMIN } from "./tier-address.js";

function audit() {
  const list = resourceTable({ url: `${ADMIN}/audit`, filters: ["merchant_id", "actor"], sort: "-at" });
  return combine(list, {
    actorText: (row) => row.actor_name ?? row.actor,
    targetText: (row) => row.merchant_name ?? `${row.target_type} ${row.target_id}`,
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
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("audit", audit);
  window.Alpine.data("auditEntry", auditEntry);
});
