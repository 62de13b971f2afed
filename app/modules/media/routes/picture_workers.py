"""Threads for pictures: two, so that no more than two are ever decoded at once (D36)."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

Answer = TypeVar("Answer")

_WORKERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pictures")


async def run_with_pictures(call: Callable[[], Answer]) -> Answer:
    """Run `call` when one of the threads is free; those that wait keep no other request up."""
    context = copy_context()  # language and request id of who asks
    return await asyncio.get_running_loop().run_in_executor(_WORKERS, context.run, call)
