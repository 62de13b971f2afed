"""The planner learns how many rows there are."""

from sqlalchemy import text

from app.kit.clocks import business_now
from app.kit.db import Database, unit_of_work
from app.kit.jobs import JobRunner
from app.kit.mail import KeptMail
from app.kit.statistics import REFRESH_STATISTICS

ON_SQLITE = "SELECT CAST(stat AS INTEGER) FROM sqlite_stat1 WHERE tbl = 'kept_mails'"
ON_POSTGRES = "SELECT CAST(reltuples AS INTEGER) FROM pg_class WHERE relname = 'kept_mails'"


def test_counts_the_rows_of_every_table(database: Database) -> None:
    mail = {"to": "", "subject": "", "text": "", "html": "", "locale": "en"}
    with unit_of_work() as work:
        work.session.add_all(KeptMail(**mail, created_at=business_now()) for _ in range(3))
    assert JobRunner([REFRESH_STATISTICS]).run_now(REFRESH_STATISTICS.name).status == "done"
    with unit_of_work(read_only=True) as work:
        counted = work.session.scalar(text(ON_SQLITE if database.is_sqlite else ON_POSTGRES))
    assert counted == 3
