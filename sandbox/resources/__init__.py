"""The endpoints, one file for each resource; importing them registers them."""

from sandbox.resources import (
    account as account,
)
from sandbox.resources import (
    billing_portal as billing_portal,
)
from sandbox.resources import (
    charges as charges,
)
from sandbox.resources import (
    checkout_sessions as checkout_sessions,
)
from sandbox.resources import (
    coupons as coupons,
)
from sandbox.resources import (
    customers as customers,
)
from sandbox.resources import (
    events as events,
)
from sandbox.resources import (
    invoice_items as invoice_items,
)
from sandbox.resources import (
    invoice_payments as invoice_payments,
)
from sandbox.resources import (
    invoices as invoices,
)
from sandbox.resources import (
    payment_intents as payment_intents,
)
from sandbox.resources import (
    payment_methods as payment_methods,
)
from sandbox.resources import (
    prices as prices,
)
from sandbox.resources import (
    products as products,
)
from sandbox.resources import (
    promotion_codes as promotion_codes,
)
from sandbox.resources import (
    refunds as refunds,
)
from sandbox.resources import (
    schedules as schedules,
)
from sandbox.resources import (
    sources as sources,
)
from sandbox.resources import (
    subscription_items as subscription_items,
)
from sandbox.resources import (
    subscriptions as subscriptions,
)
from sandbox.resources import (
    tax_ids as tax_ids,
)
from sandbox.resources import (
    tax_rates as tax_rates,
)
from sandbox.resources import (
    test_clocks as test_clocks,
)
from sandbox.resources import (
    webhook_endpoints as webhook_endpoints,
)
