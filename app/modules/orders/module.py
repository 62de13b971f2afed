"""What bootstrap reads of this module."""

from pathlib import Path

from app.contracts.modules import ModuleDefinition
from app.modules.orders.demo import seed_demo
from app.modules.orders.features import FEATURES, OrderFeatures
from app.modules.orders.metrics import OrderMetrics
from app.modules.orders.navigation import NAVIGATION
from app.modules.orders.permissions import PERMISSIONS
from app.modules.orders.routes import api_inbound, api_orders, pages_orders
from app.modules.orders.services.personal_data import OrdersPeople

MODULE = ModuleDefinition(
    code="orders",
    folder=Path(__file__).parent,
    routers=(api_inbound.router, api_orders.router, pages_orders.router),
    permissions=PERMISSIONS,
    navigation=NAVIGATION,
    features=OrderFeatures(FEATURES),
    metrics=OrderMetrics(),
    personal_data=OrdersPeople(),
    demo=seed_demo,
)
