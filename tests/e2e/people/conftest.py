"""The whole product on a free port, with a database of its own, and browsers to visit it."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page

from app import bootstrap
from app.bootstrap import System
from app.kit import mail
from app.kit.db import database, unit_of_work
from app.kit.mail import KeptMail
from app.kit.models import Base
from app.kit.outbox import OutboxDelivery
from app.modules.tenancy.services.passwords import configure_hasher

OpenPage = Callable[..., Page]


def start(url: str, **settings: object) -> System:
    """Configure this process for one database."""
    return bootstrap.start(
        database_url=url, log_level="error", jobs="off", _env_file=None, **settings
    )


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where the product is served, on an empty database."""
    configure_hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    system = start(f"sqlite:///{tmp_path / 'people.sqlite3'}", base_url=address)
    Base.metadata.create_all(database().engine)
    server = uvicorn.Server(uvicorn.Config(system.web_app(), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield address
    server.should_exit = True
    thread.join()
    listener.close()
    # Later tests of this process know the usual address.
    start("sqlite://")


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[OpenPage]:
    """Opens a page in a browser of its own, and fails on what the console complains of."""
    complaints: list[str] = []
    opened: list[Page] = []

    def open_at(path: str, *, width: int = 1440, theme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
            base_url=address,
            locale="en",
        )
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        opened.append(page)
        return page

    yield open_at
    for page in opened:
        page.context.close()
    assert complaints == []


@pytest.fixture
def newest_link(address: str) -> Callable[[], str]:
    """Deliver the mails and return the path of the link in the newest one."""

    def read() -> str:
        handler = mail.mail_handler(
            base_url=address, sender="shop@example.test", server=None, readable_links=True
        )
        OutboxDelivery({mail.KIND: handler}).deliver_due()
        with unit_of_work(read_only=True) as work:
            newest = work.session.query(KeptMail).order_by(KeptMail.id.desc()).first()
        assert newest is not None
        return newest.text.split(address)[1].split()[0]

    return read
