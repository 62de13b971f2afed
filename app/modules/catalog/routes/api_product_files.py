"""A store's products as CSV files, in and out."""

from typing import Annotated

from fastapi import Depends
from starlette.responses import StreamingResponse

from app.kit.http.idempotency import idempotent
from app.kit.http.router import api_router
from app.modules.catalog.permissions import MANAGE_PRODUCTS, VIEW_PRODUCTS
from app.modules.catalog.routes.csv_body import OPENAPI, CsvBody
from app.modules.catalog.schemas.product import ImportOut
from app.modules.catalog.services.export_products import export_products
from app.modules.catalog.services.import_products import import_products
from app.modules.tenancy.public import StoreVisit, in_store

router = api_router("/store/products", "Store products")


@router.post("/import", openapi_extra=OPENAPI)
@idempotent
def post_import(
    visit: Annotated[StoreVisit, Depends(in_store(MANAGE_PRODUCTS))], content: CsvBody
) -> ImportOut:
    """Add all products of a CSV file, or none; needs `bulk_import`.

    Columns: `sku`, `name`, `price`, and if wanted `currency`, `description`, `active` (yes or
    no). UTF-8, separated by commas or semicolons, at most 100,000 rows.
    """
    return ImportOut(imported=import_products(visit.store, content=content))


@router.get("/export.csv", response_class=StreamingResponse)
def get_export(
    visit: Annotated[StoreVisit, Depends(in_store(VIEW_PRODUCTS))],
) -> StreamingResponse:
    """All products of the store, in the form that the import reads."""
    return StreamingResponse(
        export_products(visit.store),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="products-{visit.store.code}.csv"'},
    )
