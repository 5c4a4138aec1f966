"""Every rule to be taken away is where it is said to be, and so are the tests that would see it."""

from pathlib import Path

import pytest

from tests.mutants.rules import MUTANTS, Mutant

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda each: each.rule)
def test_it_is_there_once(mutant: Mutant) -> None:
    assert (TESTS.parent / mutant.file).read_text("utf-8").count(mutant.old) == 1
    assert all((TESTS / each.partition("::")[0]).is_file() for each in mutant.tests)
