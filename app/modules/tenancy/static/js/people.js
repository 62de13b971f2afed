/** Rows of owners and team members, for admins and owners alike. */

import { combine } from "/static/core/js/component.js";
import { t } from "/static/core/js/i18n.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { activity } from "/static/tenancy/js/status.js";

const SHOWN_STORES = 3;

/** A component for the list behind `url`. */
export function people(url) {
  const list = resourceTable({ url, filters: ["type", "active"], sort: "email" });
  return combine(list, activity(), {
    nameOf: (row) => row.display_name || row.email,
    typeText: (row) => t(`tenancy.tenants.person.${row.type}`),
    merchantNames: (row) => row.merchants.map(({ name }) => name).join(", "),
    roleText: (row) => [...new Set(row.stores.map(roleOf))].map(inWords).join(", "),

    /** The first few stores, and how many more there are. */
    storeNames(row) {
      const names = row.stores.slice(0, SHOWN_STORES).map(({ name }) => name);
      const more = row.stores.length - names.length;
      return names.join(", ") + (more > 0 ? ` ${t("tenancy.tenants.and_more", { count: more })}` : "");
    },
  });
}

const roleOf = ({ role, status }) => (status === "invited" ? "invited" : role);
const inWords = (role) => t(`tenancy.tenants.role.${role}`);
