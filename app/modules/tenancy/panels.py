"""What pages of other modules show of tenancy."""

from app.contracts.panels import Panel
from app.modules.tenancy.services.view_bar import view_bar

PANELS = (
    Panel(
        page="core.page",
        template="tenancy/view_bar.html",
        permission=None,
        values=view_bar,
        script="tenancy/js/view-bar.js",
        order=10,
    ),
)
