"""The addresses of the pages."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.pages.checkout import CheckoutPages
from sandbox.pages.dashboard import DashboardPages
from sandbox.pages.invoice import InvoicePages
from sandbox.pages.portal import PortalPages
from sandbox.pages.rendering import style_sheet
from sandbox.server import Sandbox


def page_routes(sandbox: Sandbox) -> list[Route]:
    """The hosted pages and the sandbox's own."""
    checkout, portal, invoice = CheckoutPages(sandbox), PortalPages(sandbox), InvoicePages(sandbox)
    dashboard = DashboardPages(sandbox)
    return [
        Route("/static/style.css", style_sheet),
        Route("/favicon.ico", _no_icon),
        Route("/c/pay/{id}", checkout.show),
        Route("/c/pay/{id}", checkout.act, methods=["POST"]),
        Route("/p/session/{token}", portal.show),
        Route("/p/session/{token}/{step}", portal.show),
        Route("/p/session/{token}/{step}", portal.act, methods=["POST"]),
        Route("/i/{token}", invoice.show),
        Route("/i/{token}", invoice.pay, methods=["POST"]),
        Route("/i/{token}/pdf", invoice.pdf),
        Route("/", dashboard.show),
        Route("/list/{list}", dashboard.show),
        Route("/objects/{id}", dashboard.show_object),
        Route("/objects/{id}/resend", dashboard.resend, methods=["POST"]),
        Route("/clock", dashboard.move, methods=["POST"]),
    ]


def _no_icon(_request: Request) -> Response:
    return Response(status_code=204)
