"""Pages of operators: subscriptions, tiers, and exceptions for a merchant."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from app.kit.db import unit_of_work
from app.kit.http.fields import Id
from app.kit.http.router import page_router
from app.kit.i18n import LOCALES, translate
from app.kit.templating import render_page
from app.modules.billing.models import BillingSource, SubscriptionStatus
from app.modules.billing.permissions import MANAGE_SUBSCRIPTIONS, MANAGE_TIERS, VIEW_ADMIN
from app.modules.billing.repositories import subscriptions, tiers
from app.modules.billing.services.offers import localized
from app.modules.tenancy.public import (
    AdminVisit,
    as_admin,
    get_merchant_name,
    platforms_in_scope,
)

router = page_router("/admin")
Admin = Annotated[AdminVisit, Depends(as_admin(VIEW_ADMIN))]


@router.get("/subscriptions")
def get_subscriptions(request: Request, admin: Admin) -> str:
    """The subscriptions of the platforms in scope."""
    with unit_of_work(read_only=True) as work:
        platforms = platforms_in_scope(work, admin.scope)
        known = tiers.in_scope(work.session, admin.scope.platform_ids)
    shown = [(one, localized(one.name_i18n, one.code)) for one in known]
    return render_page(
        request,
        "billing/admin/subscriptions.html",
        platforms=[(one.id, one.name) for one in platforms],
        tiers=[
            {"platform_id": one.platform_id, "code": one.code, "name": name}
            for one, name in shown
            if one.is_active
        ],
        tier_choices=list({one.code: name for one, name in shown}.items()),
        statuses=[(one, translate(f"billing.status.{one}")) for one in SubscriptionStatus],
        sources=[
            (one, translate(f"billing.subscriptions.script.source.{one}")) for one in BillingSource
        ],
        may_write=admin.identity.may(MANAGE_SUBSCRIPTIONS),
    )


@router.get("/subscription-tiers")
def get_tiers(request: Request, admin: Admin) -> str:
    """The tiers of the platforms in scope."""
    with unit_of_work(read_only=True) as work:
        platforms = platforms_in_scope(work, admin.scope)
    may = admin.identity.may_on_platform
    return render_page(
        request,
        "billing/admin/subscription-tiers.html",
        writable=[one for one in platforms if may(MANAGE_TIERS, one.id)],
        languages=LOCALES,
    )


@router.get("/addons")
def get_addons(request: Request, admin: Admin) -> str:
    """The add-ons of the platforms in scope."""
    with unit_of_work(read_only=True) as work:
        platforms = platforms_in_scope(work, admin.scope)
    may = admin.identity.may_on_platform
    return render_page(
        request,
        "billing/admin/addons.html",
        platforms=[(one.id, one.name) for one in platforms],
        writable=[one for one in platforms if may(MANAGE_TIERS, one.id)],
        languages=LOCALES,
    )


@router.get("/merchants/{merchant_id}/invoices")
def get_invoices(request: Request, admin: Admin, merchant_id: Id) -> str:
    """What was billed to one merchant."""
    with unit_of_work(read_only=True) as work:
        name = get_merchant_name(work, admin.scope, merchant_id)
    return render_page(
        request,
        "billing/admin/merchant-invoices.html",
        merchant={"id": merchant_id, "name": name},
        breadcrumbs=_below_merchant(merchant_id, name, here="billing.invoices.title"),
        may_write=admin.identity.may(MANAGE_SUBSCRIPTIONS),
    )


@router.get("/merchants/{merchant_id}/features")
def get_overrides(
    request: Request, admin: Admin, merchant_id: Id, platform_id: int | None = None
) -> str:
    """The exceptions of one merchant, on one of its platforms at a time; none without a plan."""
    with unit_of_work(read_only=True) as work:
        scope = admin.scope
        name = get_merchant_name(work, scope, merchant_id)
        found = subscriptions.of_merchant(work.session, merchant_id, scope.platform_ids)
        ids = [one.platform_id for one in found]
        chosen = platform_id if platform_id is not None else next(iter(ids), None)
        platforms = [one for one in platforms_in_scope(work, scope) if one.id in ids]
    return render_page(
        request,
        "billing/admin/overrides.html",
        merchant={"id": merchant_id, "name": name},
        platforms=platforms,
        chosen=chosen if chosen in ids else None,
        breadcrumbs=_below_merchant(merchant_id, name, here="billing.overrides.short"),
        may_write=admin.identity.may(MANAGE_SUBSCRIPTIONS),
    )


def _below_merchant(merchant_id: int, name: str, *, here: str) -> list[dict[str, str | None]]:
    """Return the way to a page of one merchant."""
    return [
        {"label": translate("tenancy.merchants.title"), "href": "/admin/merchants"},
        {"label": name, "href": f"/admin/merchants/{merchant_id}"},
        {"label": translate(here), "href": None},
    ]
