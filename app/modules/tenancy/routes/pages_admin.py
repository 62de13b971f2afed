"""Pages of operators; what they show beyond their frame comes from the API."""

from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request

from app.kit.db import unit_of_work
from app.kit.http.router import page_router
from app.kit.i18n import LOCALES, current_locale, translate
from app.kit.templating import render_page
from app.modules.tenancy.guards import AdminVisit, as_admin
from app.modules.tenancy.models import UserType
from app.modules.tenancy.permissions import MANAGE_PLATFORMS, MANAGE_USERS, VIEW_ADMIN
from app.modules.tenancy.repositories.admin_merchants import get_merchant
from app.modules.tenancy.repositories.admin_platforms import platform_choices
from app.modules.tenancy.repositories.admin_stores import get_store
from app.modules.tenancy.repositories.figures import newest_merchants
from app.modules.tenancy.repositories.scoping import tenants_of_admin
from app.modules.tenancy.services.dashboard_figures import admin_figures
from app.modules.tenancy.services.manage_users import grantable_permissions
from app.modules.tenancy.services.regional import countries, time_zones

router = page_router("/admin")
Admin = Annotated[AdminVisit, Depends(as_admin(VIEW_ADMIN))]
Super = Annotated[AdminVisit, Depends(as_admin(MANAGE_USERS))]


@router.get("")
def get_dashboard(request: Request, admin: Admin) -> str:
    """Figures of the platforms in scope, and who came last."""
    with unit_of_work(read_only=True) as work:
        figures = admin_figures(work, admin.scope, admin.identity.may)
        newest = newest_merchants(work.session, admin.scope)
    return render_page(request, "tenancy/admin/dashboard.html", figures=figures, newest=newest)


@router.get("/platforms")
def get_platforms(request: Request, admin: Admin) -> str:
    """The platforms; only super admins write."""
    return render_page(
        request,
        "tenancy/admin/platforms.html",
        may_write=admin.identity.may(MANAGE_PLATFORMS),
        zones=time_zones(),
    )


@router.get("/merchants")
def get_merchants(request: Request, admin: Admin) -> str:
    """The merchants."""
    return render_page(
        request,
        "tenancy/admin/merchants.html",
        store_needed=admin.scope.platform_ids is not None,
        platforms=_platforms(admin),
        countries=countries(current_locale()),
    )


@router.get("/merchants/{merchant_id}")
def get_one_merchant(request: Request, merchant_id: int, admin: Admin) -> str:
    """One merchant with its stores."""
    with unit_of_work(read_only=True) as work:
        merchant = get_merchant(work.session, admin.scope, merchant_id).merchant
        shown = {"id": merchant.id, "name": merchant.name}
    return render_page(
        request,
        "tenancy/admin/merchant-detail.html",
        merchant=shown,
        platforms=_platforms(admin),
        countries=countries(current_locale()),
        breadcrumbs=_breadcrumbs("tenancy.merchants.title", "/admin/merchants", merchant.name),
    )


@router.get("/stores")
def get_stores(request: Request, admin: Admin) -> str:
    """The stores."""
    return render_page(request, "tenancy/admin/stores.html", platforms=_platforms(admin))


@router.get("/stores/{store_id}")
def get_one_store(request: Request, store_id: int, admin: Admin) -> str:
    """One store with merchant and team."""
    with unit_of_work(read_only=True) as work:
        store = get_store(work.session, tenants_of_admin(admin.scope), store_id).store
        shown = {
            "id": store.id,
            "name": store.name,
            "code": store.code,
            "merchant_id": store.merchant_id,
        }
    return render_page(
        request,
        "tenancy/admin/store-detail.html",
        store=shown,
        breadcrumbs=_breadcrumbs("tenancy.stores.title", "/admin/stores", store.name),
    )


@router.get("/users")
def get_users(request: Request, admin: Super) -> str:
    """All accounts."""
    return render_page(
        request,
        "tenancy/admin/users.html",
        user_types=list(UserType),
        languages=LOCALES,
        platforms=_platforms(admin),
        grants=grantable_permissions(),
    )


@router.get("/merchant-users", dependencies=[Depends(as_admin(VIEW_ADMIN))])
def get_merchant_users(request: Request) -> str:
    """Owners and team members."""
    return render_page(request, "tenancy/admin/merchant-users.html")


def _platforms(admin: AdminVisit) -> list[tuple[int, str]]:
    with unit_of_work(read_only=True) as work:
        return [(one.id, one.name) for one in platform_choices(work.session, admin.scope)]


def _breadcrumbs(parent_key: str, parent_href: str, name: str) -> list[dict[str, Any]]:
    return [
        {"label": translate(parent_key), "href": parent_href},
        {"label": name, "href": None},
    ]
