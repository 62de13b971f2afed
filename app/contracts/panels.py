"""Parts that modules add to pages of other modules."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.contracts.ports import Port


@dataclass(frozen=True)
class Panel:
    """One part of a page that another module owns; shown to whoever holds `permission` there.

    `page` is the name under which the owner offers the room, such as `tenancy.store`. `template`
    is a partial of the module itself; it is given what the page hands to its panels, and what
    `values` returns: None hides the panel. Without a permission everybody sees it, also who is
    not signed in. `script` is the static file of its component; `message_prefixes` are the texts
    that the script needs.
    """

    page: str
    template: str
    permission: str | None
    values: Callable[[], Mapping[str, Any] | None] | None = None
    script: str | None = None
    message_prefixes: tuple[str, ...] = ()
    order: int = 100


panels: Port[Sequence[Panel]] = Port("panels")
