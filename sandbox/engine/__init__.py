"""What Stripe does over time: periods, prorations, invoices, payments, dunning, clocks."""
