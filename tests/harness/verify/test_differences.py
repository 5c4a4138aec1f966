"""What a server sends is compared with the manifest, and what differs is named."""

import gzip
import json
import re
import shutil
import socket
import tracemalloc
import zlib
from pathlib import Path

import brotli
import pytest
from payframe.harness.commands.main import application
from payframe.harness.verify.differences import differences
from payframe.harness.verify.fetch import VerifyError
from typer.testing import CliRunner

from tests.harness.verify.conftest import Host
from tests.slow import slow


def told(host: Host) -> list[str]:
    """The differences, without the address that each begins with."""
    return [str(each).removeprefix(host.url) for each in differences(host.url, host.dist)]


def test_what_was_built_is_served(host: Host) -> None:
    assert told(host) == []
    page = [asked for asked in host.asked if asked["sec-fetch-dest"] == "iframe"]
    assert [asked["accept-encoding"] for asked in page][:3] == ["identity", "gzip", "br"]


def test_a_changed_byte_is_told_with_its_place(host: Host) -> None:
    at = (host.dist / "index.html").read_bytes().index(b"</main>") - 1
    host.change = lambda page: page[:at] + b"#" + page[at + 1 :]
    wrong = told(host)
    assert re.match(r": bytes: expected sha384-\S+ \([\d,]+ bytes\), got sha384-", wrong[0])
    assert wrong[1].startswith(f": from byte {at:,} on: expected ")
    assert "got '#</main>" in wrong[1]
    assert len(wrong) == 2


@pytest.mark.parametrize(
    ("injected", "named"),
    [
        ("<script>steal()</script>", "a script that is .*, got 7 bytes inline, 'steal()'"),
        ("<script src='//evil.example/x.js'></script>", "a script .*got //evil.example/x.js"),
        *slow(
            ("<SCRIPT type=module>steal()</SCRIPT>", "a script .*'steal()'"),
            ("<style>p{color:red}</style>", "a style that is not in the inventory.*'p{color:red}'"),
            ("<link rel=stylesheet href=/x.css>", "a style that is not in the inventory.*/x.css"),
            ("<img src=x onerror=steal()>", 'an attribute.*<img onerror="steal()">'),
            ("<a href='java\nscript:steal()'>", "an attribute.*script:steal()"),
            ("<script type='application/json'>{}</script>", "a data block that is not.*'{}'"),
        ),
    ],
)
def test_what_was_injected_is_named(host: Host, injected: str, named: str) -> None:
    host.change = lambda page: page.replace(b"</main>", f"</main>{injected}".encode())
    first, *others = told(host)
    assert re.search(named.replace("(", r"\(").replace(")", r"\)"), first)
    assert any(": bytes: " in each for each in others)


def test_a_script_that_was_replaced_is_told_from_both_sides(host: Host) -> None:
    host.change = lambda page: re.sub(rb"(?s)<script>.*?</script>", b"<script>1</script>", page)
    wrong = told(host)
    assert "a script that is not in the inventory: expected nothing, got 1 bytes" in wrong[0]
    assert "the script of the inventory: expected sha384-" in wrong[1]


MUST_HAVE = {
    "Content-Security-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "Cross-Origin-Resource-Policy",
    "Cache-Control",
}


def test_every_header_that_is_missing_is_told(host: Host) -> None:
    host.headers.update(dict.fromkeys(MUST_HAVE))
    wrong = told(host)
    assert {each.split(": ")[1] for each in wrong} == MUST_HAVE
    assert all(each.endswith("got nothing") for each in wrong)


def test_a_policy_that_was_weakened_is_told_by_directive(host: Host) -> None:
    policy = host.manifest["headers"]["Content-Security-Policy"]
    host.headers["Content-Security-Policy"] = (
        policy.replace("script-src ", "script-src 'unsafe-inline' ")
        .replace("frame-ancestors *", "frame-ancestors https://evil.example")
        .replace("form-action 'none'; ", "")
    )
    wrong = [each for each in told(host) if not each.startswith("locales/")]
    assert [each.split(": ")[1] for each in wrong] == [
        "Content-Security-Policy script-src",
        "Content-Security-Policy form-action",
        "Content-Security-Policy frame-ancestors",
    ]
    assert "got 'sha256-" in wrong[0]
    assert "'unsafe-inline'" in wrong[0]
    assert wrong[2].endswith("expected *, got https://evil.example")


def test_what_is_sent_in_one_coding_only_is_told_with_it(host: Host) -> None:
    host.change_compressed = lambda _: brotli.compress(b"<p>of last year")
    wrong = told(host)
    assert wrong[0] == (
        " (with gzip): body: expected what can be decoded as gzip, got something else"
    )
    assert wrong[1].startswith(" (with br): the style of the inventory: ")


def test_a_wrong_label_and_a_coding_that_nobody_asked_for_are_told(host: Host) -> None:
    page = gzip.compress((host.dist / "index.html").read_bytes())
    host.change = lambda _: page
    host.headers["Content-Encoding"] = "gzip"
    of_the_page = [each for each in told(host) if not each.startswith("locales/")]
    assert of_the_page == [
        " (with identity): Content-Encoding: expected identity, which was asked for, got gzip",
        " (with br): Content-Encoding: expected br, which was asked for, got gzip",
    ]
    host.headers["Content-Encoding"] = "br"
    assert any("body: expected what can be decoded as br" in each for each in told(host))


def test_a_status_and_a_redirect_are_told(host: Host) -> None:
    host.status = 302
    host.more = [("Location", "https://elsewhere.example/")]
    assert told(host)[0] == ": status: expected 200, got 302 to https://elsewhere.example/"
    host.status = 404
    host.more = []
    assert told(host)[0] == ": status: expected 200, got 404"


def test_headers_and_types_that_lead_past_the_page_are_told(host: Host) -> None:
    host.more = [("Link", "</x.css>; rel=stylesheet"), ("Refresh", "0; url=//evil.example")]
    host.headers["Content-Type"] = "text/html; charset=utf-7"
    assert told(host)[:3] == [
        ": Link: expected nothing, got </x.css>; rel=stylesheet",
        ": Refresh: expected nothing, got 0; url=//evil.example",
        ": Content-Type: expected text/html; charset=utf-8, got text/html; charset=utf-7",
    ]


MORE = [
    ("Set-Cookie", "id=1; SameSite=None; Secure"),
    ("Clear-Site-Data", '"*"'),
    ("Speculation-Rules", '"/rules.json"'),
    ("SourceMap", "//evil.example/map"),
    ("X-SourceMap", "//evil.example/map"),
    ("Report-To", '{"group": "a"}'),
    ("Reporting-Endpoints", 'a="https://evil.example/"'),
    ("NEL", '{"report_to": "a"}'),
    ("Content-Security-Policy-Report-Only", "default-src 'none'; report-uri //evil.example"),
    ("Access-Control-Allow-Origin", "*"),
    ("Timing-Allow-Origin", "*"),
    ("Service-Worker-Allowed", "/"),
    ("X-Frame-Options", "DENY"),
    ("Accept-CH", "Sec-CH-UA-Model"),
    ("Alt-Svc", 'h3="evil.example:443"'),
    ("X-Whatever-Comes-Next", "1"),
]


def test_every_header_that_is_not_in_the_inventory_is_told(host: Host) -> None:
    host.more = MORE
    wrong = {each.split(": ", 1)[1].lower() for each in told(host)}
    assert wrong == {f"{name}: expected nothing, got {value}".lower() for name, value in MORE}


def test_what_every_server_and_cache_adds_is_no_difference(host: Host) -> None:
    host.more = [
        ("ETag", '"1"'),
        ("Vary", "Accept-Encoding"),
        ("Age", "7"),
        ("Via", "1.1 cache"),
        ("CF-Ray", "1"),
        ("Alt-Svc", 'h3=":443"; ma=86400, h2=":443"'),
    ]
    assert told(host) == []


@pytest.mark.parametrize(
    ("only_for", "where"),
    [
        ({"user-agent": "Chrome/"}, " (as Chrome)"),
        ({"user-agent": "Firefox/"}, " (as Firefox)"),
        *slow(
            ({"user-agent": "Version/"}, " (as Safari)"),
            ({"referer": "https://"}, " (with a Referer)"),
            (
                {"user-agent": "Firefox/", "referer": "https://", "accept-encoding": "gzip"},
                " (as Firefox, with gzip, with a Referer)",
            ),
        ),
    ],
)
def test_what_only_some_buyers_get_is_told_with_who_they_are(
    host: Host, only_for: dict[str, str], where: str
) -> None:
    host.only_for = only_for
    host.more = [("Set-Cookie", "id=1")]
    host.change_compressed = None
    assert told(host)[0] == f"{where}: Set-Cookie: expected nothing, got id=1"


def test_every_ask_is_that_of_a_buyer_who_comes_for_the_first_time(host: Host) -> None:
    host.more = [("Set-Cookie", "id=1")]
    told(host)
    assert not [asked for asked in host.asked if "cookie" in asked]


def bomb(coding: str, size: int) -> bytes:
    """So many bytes of nothing, compressed in pieces."""
    if coding == "gzip":
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        return b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()
    compressor = brotli.Compressor(quality=1)
    parts = [compressor.process(bytes(1 << 20)) for _ in range(size >> 20)]
    return b"".join([*parts, compressor.finish()])


@pytest.mark.parametrize("coding", ["gzip", *slow("br")])
def test_a_bomb_is_told_before_it_goes_off(host: Host, coding: str) -> None:
    bytes_of_it = bomb(coding, 600 << 20)
    assert len(bytes_of_it) < 8_000_000
    host.change_compressed = lambda _: bytes_of_it
    host.headers["Content-Encoding"] = coding
    tracemalloc.start()
    try:
        with pytest.raises(VerifyError, match=r"becomes more than 8,388,608 bytes when decoded"):
            differences(host.url, host.dist)
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_a_line_stays_a_line(host: Host) -> None:
    host.change = lambda page: page + b"<script src='\x1b[2J\n" + b"x" * 500 + b"'></script>"
    for each in told(host):
        assert each.isprintable()
        assert len(each) < 500


def test_the_command_tells_by_its_status_and_in_json(host: Host) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(
            application(frozenset({"verify"})), ["verify", *arguments, "--dist", str(host.dist)]
        )
        return result.exit_code, result.output

    status, out = run(host.url)
    assert status == 0
    assert out == f"{host.url} serves what was built into {host.dist}: no differences.\n"
    host.headers["Referrer-Policy"] = "unsafe-url"
    status, out = run(host.url)
    assert status == 1
    assert out.startswith(f"{host.url}: Referrer-Policy: expected no-referrer, got unsafe-url\n")
    verdict = f"{host.url} does not serve what was built into {host.dist}"
    count = len(differences(host.url, host.dist))
    assert out.splitlines()[-1] == f"{verdict}: {count} differences."
    assert len(out.splitlines()) == count + 1
    status, out = run(host.url, "--json")
    report = json.loads(out)
    assert (status, report["same"], report["url"]) == (1, False, host.url)
    assert report["count"] == count
    assert report["differences"][0] == {
        "url": host.url,
        "what": "Referrer-Policy",
        "expected": "no-referrer",
        "got": "unsafe-url",
        "engines": [],
        "codings": [],
        "referers": [],
    }
    del host.headers["Referrer-Policy"]
    host.headers["Content-Type"] = "text/plain"
    assert run(host.url)[1].splitlines()[-1] == f"{verdict}: 1 difference."


def test_what_cannot_be_compared_is_told(host: Host, tmp_path: Path) -> None:
    with pytest.raises(VerifyError, match="run payframe build"):
        differences(host.url, tmp_path)
    for url in ("ftp://a.example/", "pay.example.com", "https://"):
        with pytest.raises(VerifyError, match="starts with https"):
            differences(url, host.dist)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(VerifyError, match="cannot be read"):
            differences(f"http://127.0.0.1:{closed.getsockname()[1]}/", host.dist)


def test_the_words_in_other_languages_are_compared_too(host: Host, tmp_path: Path) -> None:
    shutil.copytree(host.dist, tmp_path / "dist")
    manifest = json.loads((host.dist / "manifest.json").read_text("utf-8"))
    manifest["files"]["locales/xx.json"] = {**manifest["files"]["index.html"]}
    (tmp_path / "dist" / "manifest.json").write_text(json.dumps(manifest))
    (host.dist / "locales").mkdir(exist_ok=True)
    (host.dist / "locales" / "xx.json").write_text("{}")
    try:
        wrong = differences(host.url, tmp_path / "dist")
    finally:
        (host.dist / "locales" / "xx.json").unlink()
    assert {each.url for each in wrong} == {f"{host.url}locales/xx.json"}
    assert wrong[0].what == "bytes"


def test_our_own_words_in_a_script_from_elsewhere_hide_nothing(host: Host) -> None:
    host.change = lambda page: page.replace(b"<script>", b"<script src=//evil.example/x.js>")
    assert "a script that is not in the inventory: expected nothing, got //evil" in told(host)[0]
