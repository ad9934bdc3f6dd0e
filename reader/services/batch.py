"""Many things done at once, but only so many; it knows nothing of what they are."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


async def each(
    items: Iterable[A], work: Callable[[A], Awaitable[B]], at_once: int
) -> AsyncIterator[B]:
    """The results of `work` on every item, as they come, `at_once` at a time."""
    gate = asyncio.Semaphore(at_once)

    async def one(item: A) -> B:
        async with gate:
            return await work(item)

    tasks = [asyncio.create_task(one(item)) for item in items]
    try:
        for next_done in asyncio.as_completed(tasks):
            yield await next_done
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
