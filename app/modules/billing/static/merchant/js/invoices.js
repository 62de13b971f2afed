/** The invoices of a merchant on all platforms. */

import { combine } from "/static/core/js/component.js";
import { invoiceRows } from "/static/billing/js/invoice-rows.js";
import { resourceTable } from "/static/core/js/resource-table.js";
import { keeping } from "/static/tenancy/js/narrowed.js";

function ownInvoices() {
  const table = resourceTable({ url: "/api/v1/merchant/invoices", sort: "-invoice_date" });
  return combine(keeping("merchant_id", table), invoiceRows());
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("ownInvoices", ownInvoices);
});
