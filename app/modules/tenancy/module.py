"""What bootstrap reads of this module."""

from pathlib import Path

from app.contracts.modules import ModuleDefinition
from app.modules.tenancy.demo import seed_demo
from app.modules.tenancy.features import FEATURES, TenancyFeatures
from app.modules.tenancy.metrics import TenancyMetrics
from app.modules.tenancy.operator_navigation import OPERATOR_NAVIGATION
from app.modules.tenancy.panels import PANELS
from app.modules.tenancy.permissions import PERMISSIONS
from app.modules.tenancy.routes import (
    api_account,
    api_admin_merchant_users,
    api_admin_merchants,
    api_admin_platforms,
    api_admin_stores,
    api_admin_users,
    api_email,
    api_invitations,
    api_merchant,
    api_password,
    api_session,
    api_signup,
    api_team,
    api_tokens,
    api_view_as,
    pages_account,
    pages_admin,
    pages_merchant,
    pages_session,
    pages_store,
)
from app.modules.tenancy.routes.page_context import page_context
from app.modules.tenancy.services.authenticate import authenticate
from app.modules.tenancy.services.forgot_password import PASSWORD_FORGOTTEN, answer_wish
from app.modules.tenancy.services.personal_data import TenancyPeople
from app.modules.tenancy.services.service_visits import WARMER
from app.modules.tenancy.services.store_logo import StoreLogoUsage
from app.modules.tenancy.store_navigation import STORE_NAVIGATION
from app.modules.tenancy.tasks.end_invitations import END_INVITATIONS

MODULE = ModuleDefinition(
    code="tenancy",
    folder=Path(__file__).parent,
    required=True,
    routers=(
        api_session.router,
        api_signup.router,
        api_email.router,
        api_password.router,
        api_account.router,
        api_invitations.router,
        api_tokens.router,
        api_view_as.router,
        api_team.router,
        api_admin_platforms.router,
        api_admin_merchants.router,
        api_admin_stores.router,
        api_admin_users.router,
        api_admin_merchant_users.router,
        api_merchant.router,
        pages_session.router,
        pages_account.router,
        pages_store.router,
        pages_admin.router,
        pages_merchant.router,
    ),
    permissions=PERMISSIONS,
    panels=PANELS,
    page_context=page_context,
    navigation=(*OPERATOR_NAVIGATION, *STORE_NAVIGATION),
    jobs=(END_INVITATIONS,),
    outbox_handlers={PASSWORD_FORGOTTEN: answer_wish},
    features=TenancyFeatures(FEATURES),
    metrics=TenancyMetrics(),
    media_usage=StoreLogoUsage(),
    personal_data=TenancyPeople(),
    authenticator=authenticate,
    on_start=WARMER.start,
    on_stop=WARMER.stop,
    demo=seed_demo,
)
