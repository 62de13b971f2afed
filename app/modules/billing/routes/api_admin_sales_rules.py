"""How platforms sell, in the hands of operators (D3, D11, D17, S5)."""

from typing import Annotated

from fastapi import Depends, Response

from app.kit.db import unit_of_work
from app.kit.http.etags import ExpectedVersion, set_etag
from app.kit.http.fields import Id
from app.kit.http.router import api_router
from app.modules.billing.permissions import MANAGE_TIERS
from app.modules.billing.routes.operating import Reader, operating
from app.modules.billing.schemas.sales_rules import SalesRulesOut, SalesRulesPatch
from app.modules.billing.services.actor import Operator
from app.modules.billing.services.sales_rules import (
    SalesRules,
    get_sales_rules,
    update_sales_rules,
)

router = api_router("/admin/subscriptions/platforms", "Admin: sales rules")
Writer = Annotated[Operator, Depends(operating(MANAGE_TIERS))]


@router.get("/{platform_id}/rules")
def get_rules(platform_id: Id, reader: Reader, response: Response) -> SalesRulesOut:
    """How a platform sells."""
    with unit_of_work(read_only=True) as work:
        return _answered(response, get_sales_rules(work, reader.scope, platform_id))


@router.patch("/{platform_id}/rules")
def patch_rules(
    platform_id: Id,
    body: SalesRulesPatch,
    *,
    writer: Writer,
    expected: ExpectedVersion,
    response: Response,
) -> SalesRulesOut:
    """Change how a platform sells; it holds at once, for every merchant there."""
    changes = body.model_dump(exclude_unset=True)
    with unit_of_work() as work:
        rules = update_sales_rules(work, writer, platform_id, changes=changes, expected=expected)
        return _answered(response, rules)


def _answered(response: Response, rules: SalesRules) -> SalesRulesOut:
    set_etag(response, rules.version)
    return SalesRulesOut.model_validate(rules)
