"""What was bought and cannot be delivered (D30): the operator and the owner are told."""

from app.contracts.tenants import Owner
from app.kit.db import UnitOfWork
from app.modules.billing.models import AddOnProduct, StoreAddOn
from app.modules.billing.repositories import entitlement_rows
from app.modules.billing.services.addons.domain_names import shown_domain
from app.modules.billing.services.alerts import alert
from app.modules.billing.services.notices import Notice, notify


def tell_undelivered(work: UnitOfWork, addon: StoreAddOn) -> None:
    """Put it before the operator and mail the merchant's owner, once for each add-on."""
    product = work.session.get_one(AddOnProduct, addon.addon_product_id)
    alert(
        work,
        "addon_undelivered",
        key=str(addon.id),
        platform_id=addon.platform_id,
        merchant_id=addon.merchant_id,
        addon=product.code,
        domain_name=addon.domain_name,
    )
    owner = Owner(addon.merchant_id, addon.platform_id)
    subscription = entitlement_rows.find_subscription(work.session, owner)
    if subscription is not None:
        notify(
            work,
            subscription,
            Notice.ADDON_FAILED,
            key=str(addon.id),
            addon_name=product.name_i18n,
            domain_name=addon.domain_name and shown_domain(addon.domain_name),
        )
