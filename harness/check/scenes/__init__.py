"""The scenes that can be played with a page, by name. Each is a module with `play(stage)`.

A scene is played only where a chosen rule names it among its SCENES, once a visit. It opens the
page, does what its docstring says and captures moments; the stage records the rest. What cannot
be done raises Playwright's Error, which is recorded as the scene's trouble.

To load a page is most of what a scene costs, so some go on with the page that another has loaded.
"""

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..stage import Stage

Play = Callable[["Stage"], None]

GOES_ON = {
    "axe": ("first_load",),
    "changing_height": ("axe", "first_load"),
    "controls": ("brand",),
}
"""The scenes that need a page as it is loaded, and those that leave one so, the nearest first.

Played alone they open it themselves: see Stage.go_on.
"""


@cache
def all_scenes() -> dict[str, Play]:
    """By the name of the module."""
    return {
        module.name: importlib.import_module(f"{__name__}.{module.name}").play
        for module in pkgutil.iter_modules(__path__)
    }
