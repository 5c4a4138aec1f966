import json
import random
import subprocess
from pathlib import Path

import deno
import pytest
from payframe.widget.origins import matches, origin_of

CASES = json.loads((Path(__file__).parents[1] / "origins.json").read_text("utf-8"))
BROWSER = """
const urls = JSON.parse(await new Response(Deno.stdin.readable).text());
const http = ["http:", "https:"];
console.log(JSON.stringify(urls.map((text) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && http.includes(url.protocol) ? url.origin : null;
})));
"""
PARTS = (
    *(
        "http:",
        "https:",
        "HTTPS:",
        "//",
        "/",
        "\\",
        "@",
        ":",
        "?",
        "#",
        "%2f",
        "\t",
        "\n",
        "\0",
        " ",
    ),
    *(
        "shop",
        "evil",
        "EXAMPLE",
        ".",
        "..",
        "*",
        "[::1]",
        "[",
        "]",
        "127.0.0.1",
        "0x7f",
        "1",
        "443",
    ),
    *("-", "_", "xn--", "xn--mller-kva", "ü", "。", "ß", "\u00ad", "\ud7ff", "&", "<", "'"),
)


def as_browser(urls: list[str]) -> list[str | None]:
    """The origin of each URL as the standard that browsers follow has it."""
    ran = subprocess.run(
        [deno.find_deno_bin(), "eval", BROWSER],
        input=json.dumps(urls),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[str | None] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize(
    ("pattern", "origin", "expected"),
    [(case["pattern"], case["origin"], case["matches"]) for case in CASES["matches"]],
)
def test_a_pattern_means_these_origins_and_no_others(
    pattern: str, origin: str, expected: bool
) -> None:
    assert matches(pattern, origin) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [(case["url"], case["origin"] if case["accepted"] else None) for case in CASES["urls"]],
)
def test_only_a_url_that_all_browsers_read_alike_has_an_origin(
    url: str, expected: str | None
) -> None:
    assert origin_of(url) == expected


def test_the_table_says_what_browsers_do() -> None:
    urls = [case["url"] for case in CASES["urls"]]
    assert as_browser(urls) == [case["origin"] for case in CASES["urls"]]


def test_whatever_the_url_no_browser_goes_elsewhere() -> None:
    chance = random.Random(13)
    urls = [
        chance.choice(("https://", "http://", "")) + "".join(chance.choices(PARTS, k=length))
        for length in (1, 2, 3, 4, 5, 7)
        for _ in range(3000)
    ]
    wrong = [
        (url, ours, theirs)
        for url, theirs in zip(urls, as_browser(urls), strict=True)
        if (ours := origin_of(url)) not in (None, theirs) and theirs is not None
    ]
    assert not wrong
