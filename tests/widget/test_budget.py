"""The page has a budget: its parts are weighed, and above the limit there is no page."""

from pathlib import Path

import pytest
from payframe.widget.budget import LIMIT, weigh
from payframe.widget.bundle import SRC, Bundle
from payframe.widget.errors import BuildError
from payframe.widget.page import Page

MODULES = {
    SRC / "main.ts": 300,
    SRC / "gateway.ts": 200,
    SRC / "view" / "page.ts": 250,
    SRC / "methods" / "card.ts": 100,
    SRC.parent.parent / "node_modules" / "card-validator" / "index.js": 900,
    SRC.parent.parent / "node_modules" / ".deno" / "x" / "node_modules" / "@a" / "b" / "c.js": 80,
    Path("/elsewhere/methods/cash.ts"): 10,
}
HTML = (
    "<style>p{margin:0}</style><p>Text</p>"
    '<script type="application/json" id="settings">{"a":"b"}</script>'
    f"<script>{'x=1;' * 500}</script>"
)
PAGE = Page(HTML, "", {}, Bundle("", "", MODULES))


def test_the_parts_add_up_to_the_whole() -> None:
    parts = weigh(PAGE, 777)
    assert sum(part.share for part in parts) == 777
    assert sum(part.size for part in parts) == len(HTML)


def test_the_script_is_told_by_where_its_modules_stand() -> None:
    assert [part.name for part in weigh(PAGE, 777)] == [
        "script: card-validator",
        "script: main",
        "script: view",
        "script: gateway",
        "script: method card",
        "script: @a/b",
        "script: smaller modules",
        "style",
        "HTML and policy",
        "settings and words",
    ]


def test_a_page_above_the_limit_is_refused_with_its_largest_parts() -> None:
    weigh(PAGE, LIMIT)
    with pytest.raises(
        BuildError,
        match=r"takes 14,700 bytes with brotli, 100 above the limit of 14,600\. "
        r"Its largest parts: .*\([\d,]+\), .*\([\d,]+\), .*\([\d,]+\)\.$",
    ):
        weigh(PAGE, LIMIT + 100)
