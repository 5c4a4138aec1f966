"""The facts behind the marks."""

import re
from pathlib import Path

from payframe.harness import studio
from payframe.harness.check.registry import all_rules
from payframe.harness.studio.facts import FACTS

HERE = Path(studio.__file__).parent


def test_every_mark_has_its_fact() -> None:
    sources = [*HERE.glob("*.py"), *HERE.glob("static/*.js")]
    named = {
        name for file in sources for name in re.findall(r"fact[:=] ?\"([\w-]+)\"", file.read_text())
    }
    assert len(named) > 7
    assert named <= set(FACTS)


def test_facts_name_rules_that_there_are() -> None:
    known = {rule.id for rule in all_rules()}
    assert {rule for fact in FACTS.values() for rule in fact.rules} <= known
