"""What a rule says of itself."""

import re
from pathlib import Path
from types import ModuleType

import pytest
from payframe.harness.check.registry import UnknownRuleError, all_rules, choose_rules
from payframe.harness.check.rule import SECTIONS, Rule, RuleError, read_rule


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_a_rule_is_complete(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+/[a-z][a-z-]*", rule.id)
    assert rule.title.endswith(".")
    assert "\n" not in rule.title
    assert rule.severity in ("error", "warning", "info")
    assert "```" in rule.sections["Example"]
    assert "```" in rule.sections["Use instead"]
    assert rule.why.endswith(".")
    assert rule.fix.endswith(".")
    assert rule.scenes


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_the_fact_behind_a_rule_is_in_the_docs(rule: Rule) -> None:
    page, _, anchor = rule.fact.partition("#")
    headings = re.findall(r"^#+ (.+)$", Path(page).read_text(), re.MULTILINE)
    assert anchor in [heading.lower().replace(" ", "-") for heading in headings]


@pytest.mark.parametrize("missing", SECTIONS)
def test_a_rule_without_a_section_is_refused(missing: str) -> None:
    module = ModuleType("rules.family.some_rule")
    module.__doc__ = "Title.\n" + "".join(
        f"\n## {heading}\nText.\n" for heading in SECTIONS if heading != missing
    )
    with pytest.raises(RuleError, match=r"family\.some_rule"):
        read_rule(module)


def test_rules_are_chosen_by_id_and_by_family() -> None:
    assert choose_rules([]) == all_rules()
    assert [rule.id for rule in choose_rules(["sizing/no-size"])] == ["sizing/no-size"]
    chosen = choose_rules(["sizing", "handshake/no-listener"])
    assert {rule.family for rule in chosen} == {"sizing", "handshake"}
    whole = [rule.id for rule in all_rules() if rule.family == "sizing"]
    assert [rule.id for rule in chosen] == ["handshake/no-listener", *whole]


def test_a_rule_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnknownRuleError, match="sizing/no-such"):
        choose_rules(["sizing", "sizing/no-such"])
