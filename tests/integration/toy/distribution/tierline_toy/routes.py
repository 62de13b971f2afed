"""A page and an API."""

from fastapi import Depends
from sqlalchemy import select
from starlette.requests import Request

from app.kit.clocks import business_now
from app.kit.db import unit_of_work
from app.kit.http.authentication import require
from app.kit.http.router import api_router, page_router
from app.kit.templating import render_page

from .models import ToyBell

VIEW, RING = "toy.view", "toy.ring"

api = api_router("/admin/toy", "Toy")
pages = page_router("/admin/toy")


@api.get("/bells", dependencies=[Depends(require(VIEW))])
def get_bells() -> list[str]:
    """Every ring so far."""
    with unit_of_work(read_only=True) as work:
        return list(work.session.scalars(select(ToyBell.text).order_by(ToyBell.id)))


@api.post("/bells", status_code=201, dependencies=[Depends(require(RING))])
def post_bell() -> str:
    """Ring once."""
    with unit_of_work() as work:
        work.session.add(ToyBell(text="by hand", rung_at=business_now()))
    return "by hand"


@pages.get("", dependencies=[Depends(require(VIEW))])
def get_page(request: Request) -> str:
    """The bell."""
    return render_page(request, "toy/bell.html")
