"""One way to write a mail address, so that it names one account."""

from email_validator import EmailNotValidError, validate_email

from app.kit.errors import InvalidInput


def normal_email(email: str) -> str:
    """Return an address as it is compared: trimmed, lower case."""
    return email.strip().lower()


def checked_email(email: str, *, pointer: str = "/email") -> str:
    """Return a new address in its normal form. Raises InvalidInput where it is none."""
    try:
        valid = validate_email(email.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise InvalidInput.at(pointer, "email_invalid") from None
    return valid.normalized.lower()
