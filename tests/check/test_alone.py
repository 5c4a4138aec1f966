"""A browser to oneself: the others wait until it is free again."""

from contextlib import ExitStack

import pytest
from payframe.harness.check.alone import alone, give_way

FIRST, OTHER = "the first", "another"


def never() -> None:
    pytest.fail("nobody has to wait")


def test_nobody_waits_where_nobody_is_alone() -> None:
    give_way(OTHER, never)
    with alone(FIRST, never):
        pass
    give_way(OTHER, never)


def test_the_others_rest_until_it_is_over() -> None:
    first = ExitStack()
    first.enter_context(alone(FIRST, never))
    pauses: list[str] = []

    def pause() -> None:
        pauses.append("rests")
        if len(pauses) == 3:
            first.close()

    give_way(OTHER, pause)
    assert pauses == ["rests"] * 3


def test_who_is_alone_does_not_rest() -> None:
    with alone(FIRST, never):
        give_way(FIRST, never)


def test_the_second_is_alone_after_the_first() -> None:
    first = ExitStack()
    first.enter_context(alone(FIRST, never))
    with alone(OTHER, first.close):
        pass
    give_way(OTHER, never)


def test_nobody_rests_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("payframe.harness.check.alone.LONGEST_REST", 0.05)
    pauses: list[str] = []
    with alone(FIRST, never):
        give_way(OTHER, lambda: pauses.append("rests"))
        with alone(OTHER, lambda: pauses.append("waits")):
            pass
    assert {"rests", "waits"} == set(pauses)


def test_one_that_fails_is_no_longer_alone() -> None:
    with pytest.raises(ValueError, match="lost"), alone(FIRST, never):
        raise ValueError("lost")
    give_way(OTHER, never)
