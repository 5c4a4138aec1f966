"""The example of somebody else's page is tested as its reader would do it."""

import shutil
from pathlib import Path

import pytest

EXAMPLE = Path("examples/foreign-page").absolute()


@pytest.mark.slow
@pytest.mark.timeout(240)  # it starts two pytests, each with a browser
def test_its_tests_pass(at_home: pytest.Pytester) -> None:
    shutil.copytree(EXAMPLE, at_home.path, dirs_exist_ok=True)
    first = at_home.runpytest_subprocess("--update-snapshots")
    first.assert_outcomes(passed=5)
    again = at_home.runpytest_subprocess("-k", "looks")
    again.assert_outcomes(passed=1, deselected=4)
