"""From what was asked to a scenario, and from what it changes to the answer."""

from app.modules.billing.public import Growth, LimitChange, Move, Scenario, WhatIf
from app.modules.monitoring.schemas.health import InfrastructureTierOut
from app.modules.monitoring.schemas.what_if import (
    AllowanceChangeOut,
    CentsChangeOut,
    DayChangeOut,
    NextStepOut,
    WhatIfIn,
    WhatIfOut,
)


def scenario_of(body: WhatIfIn) -> Scenario:
    """Return what is supposed."""
    return Scenario(
        move=Move(**body.move.model_dump()) if body.move else None,
        limit=LimitChange(**body.limit.model_dump()) if body.limit else None,
        growth=Growth(**body.growth.model_dump()) if body.growth else None,
    )


def what_if_out(found: WhatIf) -> WhatIfOut:
    """Return what would change."""
    step = found.next_step
    return WhatIfOut(
        products=AllowanceChangeOut.model_validate(found.products),
        orders_monthly=AllowanceChangeOut.model_validate(found.orders_monthly),
        mrr_cents=CentsChangeOut.model_validate(found.mrr_cents),
        next_step=NextStepOut(
            size=InfrastructureTierOut.of(step.size) if step.size else None,
            on=DayChangeOut.model_validate(step.on),
            insufficient_data=step.insufficient_data,
        ),
    )
