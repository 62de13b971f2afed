"""Units of work: the only place where transactions begin and are committed (house rule 5)."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, Select, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, InvalidatePoolError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from app.kit.errors import AppError, Unavailable
from app.kit.locks import FairLock

BUSY_TIMEOUT_MS = 10_000
POOL_SIZE = 20
PING_AFTER_S = 1.0  # a connection that was used just now needs no question whether it still stands
RERUNS = 4
_CONFLICT_STATES = {"40001", "40P01", "55P03"}  # serialisation failure, deadlock, lock timeout


class TransactionConflict(Unavailable):
    """The database gave up on one of two transactions; running the use case again may succeed."""

    code = "transaction_conflict"


class UnitOfWork:
    """One transaction: everything in it is written, or nothing."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._after_commit: list[Callable[[], None]] = []

    def after_commit(self, call: Callable[[], None]) -> None:
        """Call `call` once the transaction is on disk; never if it fails."""
        self._after_commit.append(call)

    def tell_of_commit(self) -> None:
        """Make the calls that waited for the commit; the database does this."""
        for call in self._after_commit:
            call()

    @contextmanager
    def conflicts(self, errors: dict[str, type[AppError]]) -> Iterator[None]:
        """Flush at the end and turn broken unique constraints into named errors.

        `errors` maps `table.column` (the first column of the constraint) to what is raised.
        """
        try:
            yield
            self.session.flush()
        except IntegrityError as broken:
            for column, error in errors.items():
                if _violates(broken, column):
                    raise error() from broken
            raise


class Database:
    """An engine with the product's way of using it, on SQLite and on PostgreSQL."""

    def __init__(self, url: str, listen_url: str | None = None) -> None:
        self.url = url
        # A pooler in front of PostgreSQL breaks LISTEN, so it may have an address of its own.
        self.listen_url = (listen_url or url).replace("postgresql+psycopg://", "postgresql://")
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _sqlite_engine(url) if self.is_sqlite else _postgres_engine(url)
        self._reading = self._reading_engine()
        # Several writers of one process would sleep inside SQLite for seconds while others
        # overtake them; here they queue in order, and busy_timeout serves other processes only.
        self._write_turn: AbstractContextManager[None] = (
            FairLock() if self.is_sqlite else (nullcontext())
        )

    @contextmanager
    def unit_of_work(self, *, read_only: bool = False) -> Iterator[UnitOfWork]:
        """Open a transaction, commit it at the end of the block, roll it back on any error.

        A read-only one takes no lock on SQLite and cannot write. Units do not nest: the inner one
        would commit apart from the outer. Raises TransactionConflict where running the whole use
        case again may succeed.
        """
        if _open_unit.get():
            raise RuntimeError("a unit of work is already open here")
        token = _open_unit.set(True)
        try:
            with nullcontext() if read_only else self._write_turn, self._session(read_only) as work:
                yield work
        except StaleDataError as error:  # a versioned row changed between our read and our write
            raise TransactionConflict from error
        except DBAPIError as error:
            if _is_conflict(error):
                raise TransactionConflict from error
            raise
        finally:
            _open_unit.reset(token)
        work.tell_of_commit()

    def read_apart(self, value: Select[Any]) -> Any:
        """Read one value on a connection of its own, also while a unit of work is open; or None."""
        with self._reading.connect() as connection:
            return connection.scalar(value)

    @contextmanager
    def _session(self, read_only: bool) -> Iterator[UnitOfWork]:
        engine = self._reading if read_only else self.engine
        with Session(engine, expire_on_commit=False) as session:
            yield UnitOfWork(session)
            if read_only:
                session.expunge_all()  # what was read stays readable; a rollback would expire it
                session.rollback()
            else:
                session.commit()

    def _reading_engine(self) -> Engine:
        """The same pool, for transactions that cannot write."""
        if self.is_sqlite:
            return self.engine.execution_options(tierline_read_only=True)
        return self.engine.execution_options(postgresql_readonly=True)

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


_open_unit: ContextVar[bool] = ContextVar("open_unit", default=False)
_database: Database | None = None


def configure_database(database: Database) -> None:
    """Install the database of this process."""
    global _database
    _database = database


def database() -> Database:
    """Return the database of this process."""
    if _database is None:
        raise RuntimeError("bootstrap has not configured a database")
    return _database


def require_no_unit_of_work() -> None:
    """Refuse to call the outside while a transaction is open (S2). Raises RuntimeError."""
    if _open_unit.get():
        raise RuntimeError("a unit of work is open; nothing outside may be asked meanwhile")


def require_idle(session: Session) -> None:
    """Refuse a session of a caller whose units of work are about to run on its bind (S12).

    Raises RuntimeError where it has a transaction open, which would wait for them for ever or
    not see them, and where it is bound to another database than this process's.
    """
    if session.in_transaction():
        raise RuntimeError("the session has a transaction open; commit it first")
    if session.get_bind().engine.pool is not database().engine.pool:
        raise RuntimeError("the session is bound to another database than this process's")
    require_no_unit_of_work()


def unit_of_work(*, read_only: bool = False) -> AbstractContextManager[UnitOfWork]:
    """Open a unit of work on the database of this process."""
    return database().unit_of_work(read_only=read_only)


def rerun_on_conflict(use_case: Callable[[], Any]) -> Any:
    """Run a whole use case, again after a deadlock or serialisation failure.

    Raises TransactionConflict when it fails as often as `RERUNS` allows.
    """
    for _ in range(RERUNS):
        try:
            return use_case()
        except TransactionConflict:
            continue
    return use_case()


def _sqlite_engine(url: str) -> Engine:
    in_memory = url in {"sqlite://", "sqlite:///:memory:"}
    pool: dict[str, Any] = (
        {"poolclass": StaticPool} if in_memory else {"pool_size": POOL_SIZE, "max_overflow": 44}
    )
    engine = create_engine(
        url, connect_args={"check_same_thread": False}, hide_parameters=True, **pool
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "checkin")
    def _end(connection: Any, _record: Any) -> None:
        # SQLite keeps a transaction open whose commit failed, and the write lock with it.
        if connection is not None and connection.in_transaction:
            connection.rollback()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        read_only = bool(connection.get_execution_options().get("tierline_read_only"))
        connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _postgres_engine(url: str) -> Engine:
    engine = create_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=44,
        hide_parameters=True,  # bound values may be personal or secret; errors reach logs
        connect_args={"connect_timeout": 5, "options": "-c timezone=UTC"},
    )
    _ping_idle(engine)
    return engine


def _ping_idle(engine: Engine) -> None:
    """Ask a connection that was idle whether it still stands; `pool_pre_ping` would ask each."""

    @event.listens_for(engine, "checkin")
    def _note(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["idle_since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def _ping(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        idle_since = record.info.get("idle_since")
        if idle_since is None or monotonic() - idle_since < PING_AFTER_S:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as gone:
            raise InvalidatePoolError from gone  # the others are as old


def _is_conflict(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return state in _CONFLICT_STATES or "database is locked" in str(error.orig)


def _violates(error: IntegrityError, column: str) -> bool:
    """Tell whether `error` is about the unique constraint that begins with `table.column`."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is None:
        return f"UNIQUE constraint failed: {column}" in str(error.orig)
    return str(diagnosis.constraint_name).startswith("uq_" + column.replace(".", "_"))
