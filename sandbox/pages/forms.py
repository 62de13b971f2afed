"""Forms as the pages send them."""

from collections.abc import Mapping

from starlette.requests import Request

from sandbox.store.json_values import Json

LONGEST = 500
ADDRESS = ("line1", "line2", "postal_code", "city", "country")


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form; what is longer than any field may be is cut."""
    form = await request.form()
    return {name: str(value)[:LONGEST] for name, value in form.items()}


def address_of(form: Mapping[str, str]) -> Json:
    """The address fields of a form."""
    return {name: form.get(name, "").strip() for name in ADDRESS}
