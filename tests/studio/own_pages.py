"""Pages that other people write: the one of the docs, and one that a server in PHP renders."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.check.zoo import zoo
from tests.harness.programs import run_php

DOCS = Path("docs/your-own-page.md")


@contextmanager
def docs_page(folder: Path) -> Iterator[str]:
    """The 30 lines of docs/your-own-page.md, served from a folder; their URL."""
    (code,) = re.findall(r"```html\n(.*?)```", DOCS.read_text(), re.S)
    (folder / "pay.html").write_text(code)
    with zoo(folder) as base:
        yield f"{base}/pay.html"


@contextmanager
def php_page() -> Iterator[str]:
    """The URL of pages/pay.php."""
    with run_php(Path(__file__).parent / "pages" / "pay.php") as base:
        yield f"{base}/"
