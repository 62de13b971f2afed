/** Lists of one merchant, whose id the page knows. */

import { combine } from "/static/core/js/component.js";
import { json } from "/static/core/js/page-data.js";
import { resourceTable } from "/static/core/js/resource-table.js";

export const merchant = json("merchant");

/** A `resourceTable` that asks for the merchant of the page. */
export function merchantTable(options) {
  const table = resourceTable(options);
  return combine(table, {
    address() {
      return `${table.address.call(this)}&merchant_id=${merchant.id}`;
    },
  });
}
