"""What the audit log and the machinery's tables say of people."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import CursorResult, Delete, delete, or_, select
from sqlalchemy.orm import Session

from app.contracts.people import Person, Told
from app.kit.db import UnitOfWork
from app.kit.http.idempotency import IdempotencyRecord
from app.kit.jobs.models import JobSlot
from app.kit.mail import KeptMail
from app.kit.mentions import find_mentions, rows_of, united
from app.kit.outbox.models import OutboxRow
from app.modules.core.models import AuditEntry
from app.modules.core.services.personal_texts import PersonalTexts, mentions_of

_MAIL = (KeptMail.to, KeptMail.subject, KeptMail.text, KeptMail.html)


class CorePeople(PersonalTexts):
    """Entries of the audit log stay, and name the person by an id that leads nowhere any more."""

    def __init__(self) -> None:
        super().__init__(
            AuditEntry.before,
            AuditEntry.after,
            OutboxRow.payload,
            OutboxRow.dedupe_key,
            OutboxRow.error,
            IdempotencyRecord.headers,
            IdempotencyRecord.body,
            JobSlot.cursor,
            JobSlot.counts,
            JobSlot.error,
        )

    def tell(self, work: UnitOfWork, person: Person) -> Told:
        """Return what the person did, mails to them, and what mentions them."""
        found = {**super().tell(work, person)}
        found.update(find_mentions(work.session, mentions_of(person), _MAIL))
        if person.user_id is not None:
            mine = or_(
                AuditEntry.actor == f"user:{person.user_id}",
                (AuditEntry.target_type == "user") & (AuditEntry.target_id == person.user_id),
            )
            acts = rows_of(work.session, select(AuditEntry).where(mine))
            found["audit_entries"] = united(acts, found.get("audit_entries", ()))
        return found

    def forget(self, work: UnitOfWork, person: Person) -> Mapping[str, int]:
        """Drop mails to or about the person, kept or on their way; blot out the rest."""
        session, mentions = work.session, mentions_of(person)
        about = [row["id"] for row in find_mentions(session, mentions, _MAIL).get("kept_mails", ())]
        leaving = find_mentions(session, mentions, [OutboxRow.payload]).get("outbox_messages", ())
        to = [row["id"] for row in leaving if mentions.emails & _addressed(row["payload"])]
        counts = Counter(
            kept_mails=_deleted(session, delete(KeptMail).where(KeptMail.id.in_(about))),
            outbox_messages=_deleted(session, delete(OutboxRow).where(OutboxRow.id.in_(to))),
        )
        counts.update(super().forget(work, person))
        return counts


def _addressed(payload: Mapping[str, object]) -> set[str]:
    """The texts at the top of a message, of which one says to whom it goes."""
    return {value.lower() for value in payload.values() if isinstance(value, str)}


def _deleted(session: Session, rows: Delete) -> int:
    gone = session.execute(rows.execution_options(synchronize_session=False))
    assert isinstance(gone, CursorResult)
    return gone.rowcount
