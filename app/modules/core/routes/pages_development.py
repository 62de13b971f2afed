"""Pages for those who build on the product: every piece of the interface, and the API's docs."""

from starlette.requests import Request

from app.kit.errors import NotFound
from app.kit.http.authentication import gatekeeper
from app.kit.http.router import page_router
from app.kit.templating import render_page
from app.modules.core.services.api_reference import api_reference

router = page_router()


@router.get("/design")
def get_design(request: Request) -> str:
    """Every piece in every state; in development only. Raises NotFound elsewhere."""
    if gatekeeper().settings.environment != "development":
        raise NotFound
    return render_page(request, "core/design.html")


@router.get("/api/docs")
def get_api_docs(request: Request) -> str:
    """Every endpoint with its fields, made from the API's own description."""
    return render_page(request, "core/api-docs.html", groups=api_reference(request.app.openapi()))
