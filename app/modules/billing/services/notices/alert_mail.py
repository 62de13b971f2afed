"""Alerts reach the super admins by mail, each in their language."""

from sqlalchemy import select

from app.contracts.tenants import AdminScope
from app.kit import mail
from app.kit.db import UnitOfWork
from app.kit.outbox import Completion, OutboxMessage
from app.modules.billing.models import OperatorAlert
from app.modules.tenancy.public import get_platform_ref, merchant_names, super_admins

TEMPLATE = "billing/mail/alert"


def mail_alert(message: OutboxMessage) -> Completion:
    """Handle `billing.alert_mail`: write one mail to each super admin, exactly once."""
    kind, key = message.payload["kind"], message.payload["key"]

    def write_mails(work: UnitOfWork) -> None:
        found = select(OperatorAlert).where(OperatorAlert.kind == kind, OperatorAlert.key == key)
        alert = work.session.scalars(found).one()
        context = {
            "kind": kind,
            "merchant": _merchant_name(work, alert),
            "platform": _platform_name(work, alert),
            "details": [(name, str(value)) for name, value in sorted(alert.details.items())],
            "at": alert.created_at,
        }
        for reader in super_admins(work):
            mail.send(work, reader.email, TEMPLATE, context, reader.locale)

    return write_mails


def _merchant_name(work: UnitOfWork, alert: OperatorAlert) -> str | None:
    if alert.merchant_id is None:
        return None
    return merchant_names(work, [alert.merchant_id]).get(alert.merchant_id)


def _platform_name(work: UnitOfWork, alert: OperatorAlert) -> str | None:
    if alert.platform_id is None:
        return None
    return get_platform_ref(work, AdminScope(None), alert.platform_id).name
