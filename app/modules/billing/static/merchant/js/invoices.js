/** The invoices of a merchant on all platforms. */

import { combine } from "/static/core/js/component.js";
import { invoiceRows } from "/static/billing/js/invoice-rows.js";
import { merchantTable } from "/static/billing/merchant/js/merchant-table.js";

const ownInvoices = () =>
  combine(merchantTable({ url: "/api/v1/merchant/invoices", sort: "-invoice_date" }), invoiceRows());

document.addEventListener("alpine:init", () => {
  window.Alpine.data("ownInvoices", ownInvoices);
});
