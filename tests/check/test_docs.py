"""docs/rules is what the rules say."""

import re
from pathlib import Path

from docs.write_rules import FOLDER, pages


def test_the_pages_of_the_rules_are_not_stale() -> None:
    expected = pages()
    stale = [
        file
        for file in set(FOLDER.rglob("*.md")) | set(expected)
        if file not in expected or not file.exists() or file.read_text() != expected[file]
    ]
    assert stale == [], "make docs writes them anew"


def test_links_of_the_docs_lead_somewhere() -> None:
    for file in [*pages(), Path("docs/your-own-page.md")]:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", file.read_text()):
            assert (file.parent / link).exists(), f"{file}: {link}"
