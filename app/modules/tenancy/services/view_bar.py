"""What marks every page while somebody looks through a merchant's eyes."""

from app.kit.http.context import request_context
from app.modules.tenancy.services.identity import Identity


def view_bar() -> dict[str, str] | None:
    """Return whose eyes they are; None for everybody who looks with their own."""
    principal = request_context().principal
    if not isinstance(principal, Identity) or principal.viewing is None:
        return None
    return {"merchant": principal.viewing}
