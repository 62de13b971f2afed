"""What first pages show of tenants and their people."""

from collections.abc import Iterator

from app.contracts.metrics import DashboardFigure, May
from app.contracts.tenants import AdminScope, StoreRef
from app.kit.db import UnitOfWork
from app.kit.formats import number_text
from app.kit.i18n import translate, translate_count
from app.modules.tenancy.permissions import VIEW_TEAM
from app.modules.tenancy.repositories.figures import tenancy_figures
from app.modules.tenancy.repositories.merchant_platforms import merchant_platforms
from app.modules.tenancy.repositories.merchant_users import MerchantUserFilters, count_people
from app.modules.tenancy.repositories.scoping import tenants_of_admin, tenants_of_merchant
from app.modules.tenancy.services.list_team import count_team

EVERYBODY = MerchantUserFilters()


def of_platforms(work: UnitOfWork, scope: AdminScope) -> Iterator[DashboardFigure]:
    """Yield platforms, merchants, stores and people; owners are no team members (D39)."""
    found = tenancy_figures(work.session, scope)
    people = count_people(work.session, tenants_of_admin(scope), filters=EVERYBODY)
    for name, count in (
        ("platforms", found.platforms),
        ("merchants", found.merchants),
        ("stores", found.stores),
    ):
        yield DashboardFigure(
            translate(f"tenancy.{name}.title"), number_text(count), href=f"/admin/{name}"
        )
    yield DashboardFigure(
        translate("tenancy.people.title"),
        number_text(people.total),
        note=translate(
            "tenancy.dashboard.people",
            owners=number_text(people.owners),
            members=number_text(people.team_members),
        ),
        href="/admin/merchant-users",
    )


def of_merchant(work: UnitOfWork, merchant_id: int) -> Iterator[DashboardFigure]:
    """Yield platforms and stores of a merchant, and who works there beside owners."""
    stores = [one.stores for one in merchant_platforms(work.session, merchant_id) if one.stores]
    people = count_people(work.session, tenants_of_merchant(merchant_id), filters=EVERYBODY)
    at = f"?merchant_id={merchant_id}"
    yield DashboardFigure(translate("tenancy.overview.platforms"), number_text(len(stores)))
    yield DashboardFigure(
        translate("tenancy.stores.title"), number_text(sum(stores)), href=f"/merchant/stores{at}"
    )
    yield DashboardFigure(
        translate("tenancy.own_team.title"),
        number_text(people.team_members),
        href=f"/merchant/team{at}",
    )


def of_store(work: UnitOfWork, store: StoreRef, may: May) -> Iterator[DashboardFigure]:
    """Yield how many people are active or invited in a store, the owner left aside (D14)."""
    team = count_team(work, store)
    yield DashboardFigure(
        translate("tenancy.store.team"),
        number_text(team),
        note=translate_count("tenancy.store.team_text", team),
        href=f"/store/{store.code}/team" if may(VIEW_TEAM) else None,
    )
