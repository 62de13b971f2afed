"""The pages that people see: checkout, customer portal, invoice, and the sandbox's own."""
