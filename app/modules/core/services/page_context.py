"""What every page is given: who reads, in which room, in which colours."""

from functools import partial
from typing import Any

from app.kit.http.authentication import gatekeeper
from app.kit.http.context import request_context
from app.kit.http.csrf import csrf_token
from app.modules.core.services.page_panels import page_panels
from app.modules.core.services.rail import rail

THEMES = ("light", "dark")
THEME_COOKIE = "tierline_theme"


def page_context(request: Any) -> dict[str, Any]:
    """Return the shell's values for one request; touches no database."""
    context = request_context()
    theme = request.cookies.get(THEME_COOKIE)
    token = context.session_token
    return {
        "principal": context.principal,
        "place": context.place,
        "navigation": rail(context, request.url.path),
        "panels_of": partial(page_panels, context),
        "csrf_token": csrf_token(token, gatekeeper().settings.secret_key) if token else "",
        "theme": theme if theme in THEMES else "system",
        "breadcrumbs": [],
    }
