"""Tax rates set by hand."""

from sandbox.engine.tax_rates import make_rate
from sandbox.store.json_values import Json
from sandbox.store.transaction import Transaction
from sandbox.wire.endpoints import endpoint
from sandbox.wire.lists import PAGING, Filter, list_page
from sandbox.wire.metadata import merged_metadata

FIELDS = "active country description display_name jurisdiction metadata state tax_type"


@endpoint("POST", "/v1/tax_rates", "TaxRateCreateParams", covers=f"{FIELDS} inclusive percentage")
def create_tax_rate(work: Transaction, params: Json) -> Json:
    """A tax rate of a percentage, added to prices or held in them."""
    rate = make_rate(
        work,
        display_name=params["display_name"],
        percentage=params["percentage"],
        inclusive=params["inclusive"],
    )
    _set(rate, params)
    work.save(rate)
    work.emit("tax_rate.created", rate)
    return rate


def _set(rate: Json, params: Json) -> None:
    for name in FIELDS.replace("metadata", "").split():
        if name in params:
            rate[name] = params[name] if params[name] != "" else None
    if "metadata" in params:
        rate["metadata"] = merged_metadata(rate["metadata"], params["metadata"])


@endpoint("GET", "/v1/tax_rates/{id}", "TaxRateRetrieveParams")
def retrieve_tax_rate(work: Transaction, _params: Json, object_id: str) -> Json:
    """One tax rate."""
    return work.get("tax_rate", object_id)


@endpoint("POST", "/v1/tax_rates/{id}", "TaxRateUpdateParams", covers=FIELDS)
def update_tax_rate(work: Transaction, params: Json, object_id: str) -> Json:
    """Change what may change of a tax rate; its percentage never does."""
    rate = work.get("tax_rate", object_id)
    _set(rate, params)
    work.save(rate)
    work.emit("tax_rate.updated", rate)
    return rate


@endpoint("GET", "/v1/tax_rates", "TaxRateListParams", covers=f"{PAGING} active created inclusive")
def list_tax_rates(work: Transaction, params: Json) -> Json:
    """Tax rates, newest first."""
    found = Filter().equal(params, "active", "inclusive").times(params, "created")
    return list_page(work, "tax_rate", params, url="/v1/tax_rates", found=found)
