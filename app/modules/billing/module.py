"""What bootstrap reads of this module."""

from pathlib import Path

from app.contracts.modules import ModuleDefinition
from app.modules.billing import models  # noqa: F401 - all tables are known with the module
from app.modules.billing.demo import seed_demo
from app.modules.billing.features import FEATURES, BillingFeatures
from app.modules.billing.health import HEALTH_CHECKS
from app.modules.billing.metrics import BillingMetrics
from app.modules.billing.navigation import NAVIGATION
from app.modules.billing.panels import PANELS
from app.modules.billing.permissions import PERMISSIONS
from app.modules.billing.routes import (
    api_admin_addons,
    api_admin_analytics,
    api_admin_audit,
    api_admin_drift,
    api_admin_features,
    api_admin_fulfilment,
    api_admin_invoices,
    api_admin_merchant_plan,
    api_admin_sales_rules,
    api_admin_subscriptions,
    api_admin_tiers,
    api_admin_webhooks,
    api_demo_clock,
    api_merchant_billing,
    api_public,
    api_store_addons,
    api_store_billing,
    api_store_billing_changes,
    api_store_billing_checkout,
    api_store_billing_invoices,
    api_store_webhook_endpoints,
    api_webhooks,
    hot_features,
    hot_webhooks,
    pages_admin,
    pages_admin_work,
    pages_merchant,
    pages_store,
)
from app.modules.billing.services.addons.follow_plan import follow_plan
from app.modules.billing.services.addons.with_plan import FOLLOW_PLAN
from app.modules.billing.services.alerts import ALERT_MAIL
from app.modules.billing.services.api_quota import ApiQuota
from app.modules.billing.services.demo_clock.begin import CLOCK_TURN
from app.modules.billing.services.demo_clock.move import move_clock
from app.modules.billing.services.demo_clock.start import start_clock
from app.modules.billing.services.gate import API_QUOTA, FeatureGate
from app.modules.billing.services.machinery_alerts import alert_dead_message, alert_failed_job
from app.modules.billing.services.notices.alert_mail import mail_alert
from app.modules.billing.services.page_context import page_context
from app.modules.billing.services.personal_data import BillingPeople
from app.modules.billing.services.ship import ShipToNewPlatforms
from app.modules.billing.services.start_trial import TrialForNewMerchants
from app.modules.billing.services.sync.flight import sync_due
from app.modules.billing.services.sync.requests import SYNC_TURN
from app.modules.billing.services.tables import tables
from app.modules.billing.services.webhooks.inbox import WEBHOOK_TURN
from app.modules.billing.services.webhooks.turn import take_next
from app.modules.billing.services.webhooks_out.emit import WEBHOOKS_OUT_TURN
from app.modules.billing.services.webhooks_out.turn import deliver_next
from app.modules.billing.settings import BillingSettings
from app.modules.billing.tasks.figures import JOBS as FIGURE_JOBS
from app.modules.billing.tasks.late_renewals import JOBS as LATE_JOBS
from app.modules.billing.tasks.notices import JOBS as NOTICE_JOBS
from app.modules.billing.tasks.subscription import JOBS as SUBSCRIPTION_JOBS
from app.modules.billing.tasks.usage import JOBS as USAGE_JOBS
from app.modules.billing.tasks.webhooks import JOBS as WEBHOOK_JOBS

_quota = ApiQuota(API_QUOTA)


def _start() -> None:
    """Know the time before anything is decided by it."""
    start_clock()
    tables().start()
    _quota.start()


def _stop() -> None:
    _quota.stop()
    tables().stop()


MODULE = ModuleDefinition(
    code="billing",
    folder=Path(__file__).parent,
    required=True,
    routers=(
        api_public.router,
        api_merchant_billing.router,
        api_store_billing.router,
        api_store_billing_checkout.router,
        api_store_billing_changes.router,
        api_store_billing_invoices.router,
        api_store_addons.router,
        api_store_webhook_endpoints.router,
        api_admin_features.router,
        api_admin_tiers.router,
        api_admin_sales_rules.router,
        api_admin_analytics.router,
        api_admin_subscriptions.router,
        api_admin_drift.router,
        api_admin_audit.router,
        api_admin_addons.router,
        api_admin_fulfilment.router,
        api_admin_merchant_plan.router,
        api_admin_invoices.router,
        api_admin_webhooks.router,
        api_webhooks.router,
        api_demo_clock.router,
        pages_store.router,
        pages_merchant.router,
        pages_admin.router,
        pages_admin_work.router,
    ),
    hot_answers={hot_features.PREFIX: hot_features.hot_feature},
    hot_intakes={hot_webhooks.PATH: hot_webhooks.hot_webhook},
    navigation=NAVIGATION,
    panels=PANELS,
    page_context=page_context,
    personal_data=BillingPeople(),
    permissions=PERMISSIONS,
    outbox_handlers={ALERT_MAIL: mail_alert, FOLLOW_PLAN: follow_plan},
    job_failed=alert_failed_job,
    message_dead=alert_dead_message,
    settings=BillingSettings,
    jobs=(
        *FIGURE_JOBS,
        *SUBSCRIPTION_JOBS,
        *LATE_JOBS,
        *NOTICE_JOBS,
        *USAGE_JOBS,
        *WEBHOOK_JOBS,
    ),
    features=BillingFeatures(FEATURES),
    metrics=BillingMetrics(),
    health_checks=HEALTH_CHECKS,
    gate=FeatureGate(_quota),
    turns={
        CLOCK_TURN: move_clock,
        WEBHOOK_TURN: take_next,
        WEBHOOKS_OUT_TURN: deliver_next,
        SYNC_TURN: sync_due,
    },
    on_start=_start,
    on_stop=_stop,
    merchant_created=TrialForNewMerchants(),
    platform_created=ShipToNewPlatforms(),
    demo=seed_demo,
)
