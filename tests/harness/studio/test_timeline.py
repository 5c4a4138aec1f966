"""What a studio is told, and when it is told no more."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TypeVar

from anyio.from_thread import start_blocking_portal
from payframe.harness.studio.timeline import Notice, Row, Timeline

T = TypeVar("T")


def run(work: Callable[[], Awaitable[T]]) -> T:
    """In a loop of its own: a browser's may be running in this thread."""
    with start_blocking_portal() as loop:
        return loop.call(work)


def test_whoever_follows_is_told_from_any_thread() -> None:
    async def follow() -> Notice:
        timeline = Timeline()
        timeline.add(row("before"))
        following = timeline.follow()
        first = asyncio.ensure_future(anext(following))
        await asyncio.sleep(0)
        await asyncio.to_thread(timeline.add, row("after"))
        return await first

    assert run(follow).data["title"] == "after"


def test_a_lost_connection_has_missed_nothing_that_is_kept() -> None:
    async def follow() -> list[str]:
        timeline = Timeline()
        for title in ("seen", "missed"):
            timeline.add(row(title))
        timeline.tell("check", {"state": "done"})  # of the moment alone
        following = timeline.follow(after=1)
        told = [(await anext(following)).data["title"]]
        timeline.end()
        return [*told, *[notice.name async for notice in following]]

    assert run(follow) == ["missed"]


def test_a_notice_is_one_event_whatever_is_in_it() -> None:
    event = Notice(7, "row", {"title": "a\n\nevent: other\ndata: é"}).as_event()
    number, name, data, *rest = event.split("\n")
    assert (number, name, rest) == ("id: 7", "event: row", ["", ""])
    assert json.loads(data.removeprefix("data: "))["title"] == "a\n\nevent: other\ndata: é"


def row(title: str) -> Row:
    return Row(source="shop", kind="test", title=title)
