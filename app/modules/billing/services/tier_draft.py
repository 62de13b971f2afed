"""The fields of tiers and add-ons that operators write, and what they may be (D25, D29)."""

import re
from collections.abc import Mapping
from typing import Any

from app.kit.errors import InvalidInput
from app.kit.i18n import LOCALES

MAX_NAME = 80
MAX_DESCRIPTION = 500
MAX_CENTS = 100_000_000
MAX_PLACE = 1_000
_CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_BLANKS = re.compile(r"[ \t-\r]+")  # not the ones that French sets before a colon
_CODE_LENGTH = range(2, 41)
_TEXTS = {"name_i18n": MAX_NAME, "description_i18n": MAX_DESCRIPTION}
_NUMBERS = {
    "price_monthly_cents": MAX_CENTS,
    "price_annual_cents": MAX_CENTS,
    "price_cents": MAX_CENTS,
    "quantity": MAX_PLACE,
    "rank": MAX_PLACE,
    "display_order": MAX_PLACE,
}
_OPTIONAL = (
    "stripe_product_id",
    "stripe_price_monthly_id",
    "stripe_price_annual_id",
    "stripe_price_id",
)


def checked_code(code: str, *, pointer: str = "/code") -> str:
    """Return the code of a tier or add-on: a lower-case slug. Raises InvalidInput."""
    slug = code.strip()
    shortest, longest = _CODE_LENGTH.start, _CODE_LENGTH.stop - 1
    if len(slug) not in _CODE_LENGTH or not _CODE.fullmatch(slug):
        raise InvalidInput.at(pointer, "slug_invalid", shortest=shortest, longest=longest)
    return slug


def checked_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return fields of a tier or add-on in the form that is stored. Raises InvalidInput."""
    checked, wrong = dict(fields), []
    for name, longest in _TEXTS.items():
        if name in checked:
            texts = checked[name].items()
            checked[name] = {key: _BLANKS.sub(" ", text).strip() for key, text in texts}
            wrong += _wrong_texts(name, checked[name], longest=longest)
    for name, highest in _NUMBERS.items():
        value = checked.get(name)
        if value is not None and not 0 <= value <= highest:
            wrong.append((f"/{name}", "out_of_range", {"minimum": 0, "maximum": highest}))
    for name in _OPTIONAL:
        if name in checked:
            checked[name] = (checked[name] or "").strip() or None
    if "name_i18n" in checked and not any(checked["name_i18n"].values()):
        wrong.append(("/name_i18n", "name_length", {"longest": MAX_NAME}))
    if wrong:
        raise InvalidInput(*wrong)
    return checked


def _wrong_texts(
    name: str, texts: Mapping[str, str], *, longest: int
) -> list[tuple[str, str, dict[str, Any]]]:
    known = ", ".join(LOCALES)
    wrong: list[tuple[str, str, dict[str, Any]]] = [
        (f"/{name}/{locale}", "locale_unknown", {"known": known})
        for locale in texts
        if locale not in LOCALES
    ]
    return wrong + [
        (f"/{name}/{locale}", "text_too_long", {"longest": longest})
        for locale, text in texts.items()
        if len(text) > longest
    ]
