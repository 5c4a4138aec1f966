"""All rules, found by their modules, and the choice among them."""

import importlib
import pkgutil
from collections.abc import Collection
from functools import cache

from payframe.errors import PayframeError

from . import rules
from .rule import PARTS, Part, Rule, read_rule


class UnknownRuleError(PayframeError):
    """There is no such rule or family; the message names those that there are."""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Sorted by ID. Raises RuleError."""
    found = [
        read_rule(importlib.import_module(module.name))
        for module in pkgutil.walk_packages(rules.__path__, f"{rules.__name__}.")
        if not module.ispkg
    ]
    return tuple(sorted(found, key=lambda rule: rule.id))


def choose_rules(names: list[str], parts: Collection[Part] = PARTS) -> tuple[Rule, ...]:
    """The rules with these IDs or of these families; all where none is named. Of some parts only.

    Raises UnknownRuleError.
    """
    known = tuple(rule for rule in all_rules() if rule.part in parts)
    if not names:
        return known
    for name in names:
        if not any(name in (rule.id, rule.family) for rule in known):
            families = ", ".join(sorted({rule.family for rule in known}))
            raise UnknownRuleError(
                f"There is no rule or family of rules {name}. The families are {families}; "
                "payframe explain lists the rules."
            )
    return tuple(rule for rule in known if {rule.id, rule.family} & set(names))
