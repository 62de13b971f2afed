"""Pages of operators for what has to be done: arrears, deliveries, webhooks, and the audit log."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from app.kit.http.router import page_router
from app.kit.i18n import translate
from app.kit.templating import render_page
from app.modules.billing.models import EventStatus
from app.modules.billing.permissions import MANAGE_SUBSCRIPTIONS, VIEW_ADMIN
from app.modules.tenancy.public import AdminVisit, as_admin

router = page_router("/admin")
Admin = Annotated[AdminVisit, Depends(as_admin(VIEW_ADMIN))]


@router.get("/past-due")
def get_past_due(request: Request, admin: Admin) -> str:
    """Who owes, and more time for them."""
    return render_page(request, "billing/admin/past-due.html", may_write=_may_write(admin))


@router.get("/fulfilment")
def get_fulfilment(request: Request, admin: Admin) -> str:
    """What stores have bought and somebody has to deliver."""
    return render_page(request, "billing/admin/fulfilment.html", may_write=_may_write(admin))


@router.get("/webhooks")
def get_webhooks(request: Request, admin: Admin) -> str:
    """What Stripe has told, and what became of it."""
    return render_page(
        request,
        "billing/admin/webhooks.html",
        statuses=[(one, translate(f"billing.webhooks.script.status.{one}")) for one in EventStatus],
        may_write=_may_write(admin),
    )


@router.get("/audit", dependencies=[Depends(as_admin(VIEW_ADMIN))])
def get_audit(request: Request) -> str:
    """Who did what."""
    return render_page(request, "billing/admin/audit.html")


def _may_write(admin: AdminVisit) -> bool:
    return admin.identity.may(MANAGE_SUBSCRIPTIONS)
