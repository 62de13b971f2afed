"""Templates under a strict policy: no script, nothing from elsewhere, no cookies."""

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sandbox.pages.locale import LANGUAGES, Speech

FOLDER = Path(__file__).parent
STYLE = (FOLDER / "static" / "style.css").read_text("utf-8")
STYLE_VERSION = hashlib.sha256(STYLE.encode()).hexdigest()[:12]

templates = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(
    request: Request,
    template: str,
    speech: Speech,
    *,
    status: int = 200,
    leads_to: tuple[str | None, ...] = (),
    **values: Any,
) -> Response:
    """A page in a language; `leads_to` are addresses to which its forms may redirect."""
    html = templates.get_template(template).render(
        request=request,
        speech=speech,
        say=speech.say,
        languages=LANGUAGES,
        style=f"/static/style.css?{STYLE_VERSION}",
        **values,
    )
    return HTMLResponse(html, status, headers=_headers(leads_to))


def _headers(leads_to: tuple[str | None, ...]) -> dict[str, str]:
    origins = " ".join(sorted({_origin(url) for url in leads_to if url}))
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
        f" frame-ancestors 'none'; form-action 'self' {origins}"
    )
    return {
        "Content-Security-Policy": policy.strip(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def go(url: str) -> Response:
    """Continue at another address with GET."""
    return RedirectResponse(url, 303)


def style_sheet(_request: Request) -> Response:
    """The one style sheet."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(STYLE, media_type="text/css", headers=headers)
