/** The billing page: its sections, and what they share. */

import { addOns, domainDialog } from "/static/billing/store/js/billing-addons.js";
import { changeDialog } from "/static/billing/store/js/billing-change.js";
import { invoices, paymentMethod } from "/static/billing/store/js/billing-payment.js";
import { cancelForm, currentPlan } from "/static/billing/store/js/billing-plan.js";
import { billingState } from "/static/billing/store/js/billing-state.js";
import { planTiers } from "/static/billing/store/js/billing-tiers.js";

const COMPONENTS = {
  addOns,
  cancelForm,
  changeDialog,
  currentPlan,
  domainDialog,
  invoices,
  paymentMethod,
  planTiers,
};

document.addEventListener("alpine:init", () => {
  const { Alpine } = window;
  Alpine.store("billing", billingState());
  for (const [name, component] of Object.entries(COMPONENTS)) Alpine.data(name, component);
});
