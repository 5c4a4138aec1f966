"""`payframe explain`: a rule's page in the terminal."""

import pytest
from payframe.harness.check.explain import explain_command
from payframe.harness.check.registry import UnknownRuleError, all_rules


def test_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    explain_command()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [rule.id for rule in all_rules()]
    assert any("The page never says how large it is." in line for line in lines)


def test_a_rule_says_all_of_itself(capsys: pytest.CaptureFixture[str]) -> None:
    explain_command("sizing/no-size")
    text = capsys.readouterr().out
    assert text.startswith("# The page never says how large it is.\n\n`sizing/no-size` · error\n")
    for part in ("## Why it matters", "The frame stays 350 px high.", "## Use instead"):
        assert part in text
    assert "](" not in text  # a link that leads nowhere from a terminal


def test_a_family_lists_its_rules(capsys: pytest.CaptureFixture[str]) -> None:
    explain_command("sizing")
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(line.startswith("sizing/") for line in lines)


def test_a_rule_that_does_not_exist_is_one_sentence() -> None:
    with pytest.raises(UnknownRuleError, match="no rule or family of rules sizing/none"):
        explain_command("sizing/none")
