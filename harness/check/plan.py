"""Which scenes are played with one load of the page, and which loads come first.

A load is most of what a scene costs. So scenes go on with the page of another (GOES_ON), and two
that only look for trouble with one change of the message each are played as one that has both
changes: where the page takes that message as any other, each of them would have shown the same.
"""

from collections.abc import Iterable

from .reaction import COMPARED
from .rule import Rule
from .scenes import GOES_ON

ODD_MESSAGE = "odd_message"
"""The scene with all changes; it is not one that rules name."""
CHANGES = ("sum_as_number", "unknown_keys")
"""The scenes that it stands for.

Not other_values: a page that has its server confirm the sum refuses that message, as it should.
"""
LONGEST_FIRST = ("changing_height", "messages", "narrow", "controls", ODD_MESSAGE)
"""Scenes that take several times as long as the others, or that others may have to follow: nothing
is to wait for them in the end."""


def scenes_for(rules: Iterable[Rule], also: Iterable[str] = ()) -> tuple[str, ...]:
    """The scenes that rules look at, and others, each once."""
    return tuple(dict.fromkeys([*(scene for rule in rules for scene in rule.scenes), *also]))


def loads_for(scenes: Iterable[str]) -> list[tuple[str, ...]]:
    """The scenes by the load that they are played with, in the order in which they begin."""
    wanted = _with_odd_message(tuple(scenes))
    before = {
        scene: next((other for other in GOES_ON.get(scene, ()) if other in wanted), None)
        for scene in wanted
    }
    after = {other: scene for scene, other in before.items() if other}
    loads = []
    for scene in wanted:
        if before[scene]:
            continue
        load = [scene]
        while load[-1] in after:
            load.append(after[load[-1]])
        loads.append(tuple(load))
    return sorted(loads, key=lambda load: min(map(_rank, load)))


def _with_odd_message(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The one scene in place of those that it stands for, where it spares loads and can be judged.

    It is judged by what is COMPARED.
    """
    if not {*CHANGES, *COMPARED} <= set(wanted):
        return wanted
    others = [scene for scene in wanted if scene not in CHANGES]
    return tuple(dict.fromkeys([*others, ODD_MESSAGE]))


def _rank(scene: str) -> int:
    return LONGEST_FIRST.index(scene) if scene in LONGEST_FIRST else len(LONGEST_FIRST)
