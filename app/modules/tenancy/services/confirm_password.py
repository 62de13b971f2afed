"""Asking for the present password again, before something that a thief would want."""

from app.kit.db import unit_of_work
from app.modules.tenancy.exceptions import WrongPassword
from app.modules.tenancy.models import User
from app.modules.tenancy.services.passwords import password_fits
from app.modules.tenancy.services.sign_in_limits import (
    guessing_keys,
    record_failure,
    refuse_guessing,
)


def confirm_password(user_id: int, password: str, *, address: str) -> None:
    """Check the password of an account; no unit of work may be open, since hashing takes long.

    Wrong ones count as failed sign-ins. Raises TooManySignIns, WrongPassword.
    """
    with unit_of_work(read_only=True) as work:
        user = work.session.get_one(User, user_id)
    keys = guessing_keys(address=address, account=user.email)
    refuse_guessing(*keys)
    if not password_fits(password, user.password_hash):
        record_failure(*keys)
        raise WrongPassword
