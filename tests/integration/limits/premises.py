"""What happens to a merchant's stores, and with them to what they hold."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import rule

from app.modules.tenancy.models import Store
from app.modules.tenancy.services.create_store import StoreDraft
from app.modules.tenancy.services.manage_stores import (
    add_store,
    delete_store,
    restore_store,
    update_store,
)
from app.modules.tenancy.services.open_own_store import open_own_store
from tests.integration.limits.actors import OPERATOR
from tests.integration.limits.life import Life, undone, which


class Premises(Life):
    """Every write of stores."""

    @rule(undo=undone)
    def the_owner_opens_a_store(self, undo: bool) -> None:
        with self.attempt(undo) as work:
            store = open_own_store(work, self.owner, draft=self._draft()).store
            work.after_commit(lambda: self._keep(store))

    @rule(undo=undone)
    def an_operator_opens_a_store(self, undo: bool) -> None:
        with self.attempt(undo) as work:
            store = add_store(work, OPERATOR, self.owner, draft=self._draft()).store
            work.after_commit(lambda: self._keep(store))

    @rule(place=which, is_active=st.booleans())
    def close_or_open_its_doors(self, place: int, is_active: bool) -> None:
        changes = {"is_active": is_active}
        with self.attempt(False) as work:
            update_store(work, OPERATOR, self.store(place).id, changes=changes, expected=None)

    @rule(place=which, undo=undone)
    def delete_a_store(self, place: int, undo: bool) -> None:
        with self.attempt(undo) as work:
            delete_store(work, OPERATOR, self.store(place).id)

    @rule(place=which, undo=undone)
    def restore_a_store(self, place: int, undo: bool) -> None:
        with self.attempt(undo) as work:
            restore_store(work, OPERATOR, self.store(place).id)

    def _draft(self) -> StoreDraft:
        code = f"life-{next(self.numbers)}"
        return StoreDraft(code=code, name=code)

    def _keep(self, store: Store) -> None:
        self.stores.append(replace(self.stores[0], id=store.id, code=store.code, name=store.name))
