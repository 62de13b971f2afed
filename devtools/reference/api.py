"""Every address of the API, from the description that the product itself gives."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from app import bootstrap
from app.kit.http.app import OPENAPI_URL
from devtools.reference.markdown import code, document, table

LEAD = (
    f"A running instance describes its bodies and answers in full at `{OPENAPI_URL}`. "
    "JSON in and out; times in UTC with `Z`, money in minor units. Browsers sign in with a "
    "cookie and send the CSRF token in `X-CSRF-Token`; programs send `Authorization: Bearer …`. "
    "Addresses below `/store` take the store's code in the header `X-Store-Code`, which a user "
    "of one store may leave out. Lists take `limit`, `cursor` and `sort` and answer `items`, "
    "`next_cursor` and `total`. A PATCH, PUT or DELETE of something with an `ETag` may send "
    "`If-Match`. Most POSTs take an `Idempotency-Key`: the same key has one effect and one "
    "answer."
)

Operation = tuple[str, str, dict[str, Any]]


def page() -> str:
    """The whole page, one section a group of addresses."""
    groups: dict[str, list[Operation]] = defaultdict(list)
    for operation in operations():
        groups[operation[2]["tags"][0]].append(operation)
    parts = []
    for name in sorted(groups):
        rows = [[code(method), code(path), _about(one)] for method, path, one in groups[name]]
        parts += [f"## {name}\n", table(["Method", "Address", "What it does"], rows)]
    return document("API", LEAD, *parts)


def operations() -> Iterator[Operation]:
    """Method, path and description of every operation."""
    app = FastAPI(title="Tierline", version="1")
    for module in bootstrap.MODULES:
        for router in module.routers:
            app.include_router(router)
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def _about(operation: dict[str, Any]) -> str:
    return str(operation.get("description") or operation["summary"])
