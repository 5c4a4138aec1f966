"""The page of docs/your-own-page.md, as a reader copies it."""

import re
from pathlib import Path

import pytest

from tests.check.conftest import Check
from tests.check.zoo import zoo

TEXT = Path("docs/your-own-page.md").read_text()


def page() -> str:
    found = re.search(r"^```html\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_it_has_30_lines_and_the_lines_that_are_explained_are_there() -> None:
    lines = page().splitlines()
    assert len(lines) == 30
    explained = [int(number) for number in re.findall(r"^\| (\d+)", TEXT, re.MULTILINE)]
    assert explained == sorted(set(explained))
    assert "addEventListener" in lines[17 - 1]
    assert "postMessage" in lines[28 - 1]


@pytest.mark.slow
def test_it_passes_the_check(tmp_path: Path, check_page: Check) -> None:
    (tmp_path / "pay.html").write_text(page())
    with zoo(tmp_path) as url:
        report = check_page(f"{url}/pay.html")
    assert (report.error, report.findings) == (None, ())
