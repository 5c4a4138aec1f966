"""The widget becomes one static page with a strict policy; the same sources, the same bytes."""

import base64
import gzip
import hashlib
import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import brotli
import pytest
from payframe.widget import bundle, page
from payframe.widget.budget import LIMIT
from payframe.widget.build import build, sources, stale
from payframe.widget.config import CONFIG, load
from payframe.widget.errors import BuildError
from payframe.widget.folders import WIDGET
from payframe.widget.page import render

from tests.slow import slow
from tests.widget.support import configured, files_of

FILES = {
    "index.html",
    "index.html.br",
    "index.html.gz",
    "gateway.openapi.yaml",
    "manifest.json",
    "headers/nginx.conf",
    "headers/Caddyfile",
    "_headers",
}


class Page(HTMLParser):
    """A page as a browser reads it: its elements in order, each with attributes and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))
        if tag == "title":  # text only, as in browsers; not so in every Python
            self.set_cdata_mode(tag)

    def handle_data(self, data: str) -> None:
        if self.elements:
            self.elements[-1][2].append(data)

    def texts(self, tag: str, **attributes: str) -> list[str]:
        return [
            "".join(text)
            for name, attrs, text in self.elements
            if name == tag and all(attrs.get(key) == value for key, value in attributes.items())
        ]

    @property
    def policy(self) -> dict[str, list[str]]:
        (content,) = [
            attrs["content"]
            for name, attrs, _ in self.elements
            if name == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
        ]
        assert content
        directives = [directive.split() for directive in content.split(";")]
        return {name: values for name, *values in directives}


@pytest.fixture(scope="module")
def built(dist: Path) -> Page:
    return Page((dist / "index.html").read_text("utf-8"))


def hash_source(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def test_the_page_comes_with_its_compressed_forms_and_the_api_description(dist: Path) -> None:
    assert files_of(dist) >= FILES
    assert {name for name in files_of(dist) - FILES if not name.startswith("locales/")} == set()
    html = (dist / "index.html").read_bytes()
    assert brotli.decompress((dist / "index.html.br").read_bytes()) == html
    assert gzip.decompress((dist / "index.html.gz").read_bytes()) == html


def test_the_page_arrives_in_one_round_trip(dist: Path) -> None:
    assert (dist / "index.html.br").stat().st_size < LIMIT


def test_the_same_sources_give_the_same_bytes(dist: Path, tmp_path: Path) -> None:
    build(CONFIG, tmp_path)
    assert files_of(tmp_path) == files_of(dist)
    for name in files_of(dist):
        assert (tmp_path / name).read_bytes() == (dist / name).read_bytes(), name


def test_what_is_up_to_date_is_not_built_again(dist: Path) -> None:
    before = (dist / "index.html").stat().st_mtime_ns
    again = build(CONFIG, dist)
    assert not again.fresh
    assert again.sizes["index.html"] == (dist / "index.html").stat().st_size
    assert (dist / "index.html").stat().st_mtime_ns == before


@pytest.mark.slow
def test_what_is_stale_or_damaged_is_built_again(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "dist"
    assert build(CONFIG, out).fresh
    renamed = configured(tmp_path, 'brand = "Northpay"', 'brand = "Southpay"')
    assert build(renamed, out).fresh
    assert "Southpay" in (out / "index.html").read_text("utf-8")
    assert not build(renamed, out).fresh

    (out / "index.html.gz").unlink()
    assert build(renamed, out).fresh
    (out / "index.html").write_text("half a page")
    assert build(renamed, out).fresh
    for nonsense in ("[]", '{"files": 7, "sources": null, "page": [], "headers": {}}'):
        (out / "manifest.json").write_text(nonsense)
        assert build(renamed, out).fresh
    assert not build(renamed, out).fresh


APART = ("__init__.py", "default.toml")
"""The default description counts where it is the one that is built."""


def test_everything_that_the_page_is_made_from_counts_as_source() -> None:
    folder = WIDGET
    made_from = set(sources(load(CONFIG)).values())
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).parts
        if (
            path.is_file()
            and not {"__pycache__", "gateway"} & set(inside)
            and path.name not in APART
        ):
            assert path in made_from, path


def test_the_policy_allows_the_pages_own_script_and_style_by_hash(built: Page) -> None:
    scripts = [
        "".join(text)
        for name, attrs, text in built.elements
        if name == "script" and attrs.get("type") != "application/json"
    ]
    assert len(scripts) == 1
    assert built.policy["script-src"] == [hash_source(code) for code in scripts]
    assert built.policy["style-src"] == [hash_source(code) for code in built.texts("style")]


def test_the_policy_allows_nothing_else(built: Page) -> None:
    policy = built.policy
    assert policy["default-src"] == ["'none'"]
    assert policy["connect-src"] == ["'self'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["form-action"] == ["'none'"]
    assert policy["require-trusted-types-for"] == ["'script'"]
    assert not [value for values in policy.values() for value in values if "unsafe" in value]
    assert "*" not in policy["script-src"] + policy["style-src"] + policy["connect-src"]


def test_the_policy_comes_before_what_it_governs(built: Page) -> None:
    names = [name for name, _, _ in built.elements]
    policy = next(n for n, (_, attrs, _) in enumerate(built.elements) if "http-equiv" in attrs)
    assert policy < names.index("style")
    assert policy < names.index("script")


def test_the_page_loads_nothing_and_carries_no_inline_handlers(built: Page) -> None:
    for name, attrs, _ in built.elements:
        assert name not in ("base", "iframe", "object", "embed", "img")
        assert "style" not in attrs
        assert not [key for key in attrs if key.startswith("on")]
        for key in ("src", "href", "action", "formaction"):
            assert (attrs.get(key) or "data:,") == "data:,", f"{name} {key}"


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://api.example.com/v1/", "https://api.example.com"),
        *slow(("https://api.example.com:8443", "https://api.example.com:8443"), ("/", "'self'")),
    ],
)
def test_the_page_may_connect_to_its_gateway_and_its_words_only(
    tmp_path: Path, url: str, source: str
) -> None:
    file = configured(tmp_path, 'gateway_url = "/gateway" ', f'gateway_url = "{url}"')
    assert Page(render(load(file).widget, draft=True).html).policy["connect-src"] == list(
        dict.fromkeys(("'self'", source))
    )


@pytest.mark.parametrize(
    "brand",
    [
        "</title><script>alert(1)</script>",
        "{{ 7 * 7 }}",
        *slow(
            "</script><b>",
            "<script>alert(1)</script>",
            "<!--<script>",
            "<style>",
            "A & B &lt; 'C' &quot;D&quot;",
            "the content security policy",
            '" onload="alert(1)',
            "日本 \u2028 店",
        ),
    ],
)
def test_no_brand_becomes_markup(tmp_path: Path, built: Page, brand: str) -> None:
    file = configured(tmp_path, '"Northpay"', json.dumps(brand, ensure_ascii=False))
    branded = Page(render(load(file).widget).html)
    assert [name for name, _, _ in branded.elements] == [name for name, _, _ in built.elements]
    assert [unescape(title) for title in branded.texts("title")] == [brand]
    assert branded.texts("h1", **{"class": "brand"}) == [brand]
    (settings,) = branded.texts("script", type="application/json")
    assert json.loads(settings)["brand"] == brand
    assert branded.policy == built.policy


def test_the_page_carries_its_settings_and_no_secret_of_the_handler(built: Page) -> None:
    (text,) = built.texts("script", type="application/json")
    settings = json.loads(text)
    assert settings["gateway_url"] == "/gateway"
    assert settings["texts"]["pay"] == "Pay {amount}"
    assert "sandbox-key" not in text
    assert "REST_SERVICE" not in text


def test_a_wrong_module_stops_the_build_in_the_bundlers_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "main.ts").write_text("import './nowhere.ts';\nconst x = ;\n")
    monkeypatch.setattr(bundle, "SRC", tmp_path / "src")
    with pytest.raises(
        BuildError, match=r"(?s)cannot be bundled:.*Unexpected.*main\.ts:2:10"
    ) as error:
        render(load(CONFIG).widget)
    assert "\x1b" not in str(error.value)
    assert "    at " not in str(error.value)


def test_a_wrong_template_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "index.html").write_text("<p>{{ no_such_thing }}</p>")
    monkeypatch.setattr(page, "TEMPLATES", tmp_path)
    with pytest.raises(BuildError, match=r"index\.html:1: the template .*no_such_thing"):
        render(load(CONFIG).widget, draft=True)


def test_an_out_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("here first")
    with pytest.raises(BuildError, match=re.escape(f"{tmp_path / 'dist'}: cannot be written")):
        build(CONFIG, tmp_path / "dist", draft=True)
    assert (tmp_path / "dist").read_text() == "here first"


def test_what_is_stale_is_told_and_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "dist"
    assert stale(CONFIG, out) == f"{out} holds no build"
    assert not out.exists()
    build(CONFIG, out)
    assert stale(CONFIG, out) is None
    renamed = configured(tmp_path, 'brand = "Northpay"', 'brand = "Southpay"')
    assert stale(renamed, out) == f"{out} was built from other sources"
    (out / "_headers").unlink()
    assert stale(CONFIG, out) == f"{out / '_headers'} is missing"
    build(CONFIG, out)
    assert stale(CONFIG, out) is None


@pytest.mark.parametrize(
    "name", ["index.html.br", *slow("index.html", "headers/nginx.conf", "manifest.json")]
)
def test_what_was_changed_by_hand_is_told_and_left_alone(tmp_path: Path, name: str) -> None:
    build(CONFIG, tmp_path)
    changed = (tmp_path / name).read_bytes() + b"\n"
    (tmp_path / name).write_bytes(changed)
    assert stale(CONFIG, tmp_path) == f"{tmp_path / name} was changed after the build"
    assert (tmp_path / name).read_bytes() == changed


def test_words_of_a_language_that_is_gone_go_too(tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales" / "tlh.json").write_text("{}")
    build(CONFIG, tmp_path, draft=True)
    assert not (tmp_path / "locales" / "tlh.json").exists()


def test_a_draft_is_larger_and_never_taken_for_the_page(tmp_path: Path) -> None:
    draft = build(CONFIG, tmp_path, draft=True)
    assert not build(CONFIG, tmp_path, draft=True).fresh
    page = build(CONFIG, tmp_path)
    assert page.fresh
    assert draft.sizes["index.html"] > page.sizes["index.html"]
