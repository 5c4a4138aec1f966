"""What a method loads from its provider: into the policy, the manifest, the page, and no more."""

import json
from pathlib import Path

import pytest
from payframe.widget.build import build
from payframe.widget.config import ConfigError, Widget, load
from payframe.widget.elements import digest, find_elements
from payframe.widget.manifest import Manifest, read_manifest
from payframe.widget.policy import page_policy
from payframe.widget.report import print_built
from rich.console import Console

from tests.widget.support import configured

SCRIPT = "https://js.provider.example/v1/fields.js"
INTEGRITY = digest("sha384", b"1")
LOADS = f"""[widget.loads.card]
scripts = [{{ url = "{SCRIPT}?id=7&lang=en", integrity = "{INTEGRITY}" }}]
script_origins = ["https://cdn.provider.example"]
frames = ["https://*.provider.example"]
connections = ["https://api.provider.example"]
"""
END = "# [widget.offers.card]"
PAGE = "<style>p{}</style><script>1</script>"


def with_loads(folder: Path, loads: str = LOADS) -> Path:
    return configured(folder, END, f"{loads}\n{END}")


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loads")
    build(with_loads(folder), folder / "dist", draft=True)
    return folder / "dist"


@pytest.fixture(scope="module")
def manifest(dist: Path) -> Manifest:
    read = read_manifest(dist)
    assert read
    return read


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (each.split() for each in policy.split("; "))}


def test_the_policy_admits_exactly_what_is_configured(tmp_path: Path) -> None:
    plain = page_policy(PAGE, Widget(brand="B"), fetches=True)
    widget = load(with_loads(tmp_path)).widget
    before, now = directives(plain), directives(page_policy(PAGE, widget, fetches=True))
    added = {
        name: [each for each in sources if each not in before.get(name, [])]
        for name, sources in now.items()
    }
    assert {name: sources for name, sources in added.items() if sources} == {
        "script-src": [SCRIPT, "https://cdn.provider.example"],
        "frame-src": ["https://*.provider.example"],
        "connect-src": ["https://api.provider.example"],
    }
    assert now["trusted-types"] == ["'none'"]
    assert now["require-trusted-types-for"] == ["'script'"]


def test_a_page_without_it_keeps_its_policy() -> None:
    policy = page_policy(PAGE, Widget(brand="B"), fetches=False)
    script, style = (
        digest("sha256", each.content.encode()) for each in reversed(find_elements(PAGE).elements)
    )
    assert policy == (
        f"default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def test_stripes_fields_need_no_word_of_what_they_load_and_another_word_counts() -> None:
    known = Widget(brand="B", methods=["stripe_card"])
    now = directives(page_policy(PAGE, known, fetches=True))
    assert "https://js.stripe.com/v3/" in now["script-src"]
    assert "https://hooks.stripe.com" in now["frame-src"]
    assert now["connect-src"] == ["'self'", "https://api.stripe.com"]
    loads = {"stripe_card": {"scripts": [{"url": SCRIPT}]}}
    own = Widget.model_validate({"brand": "B", "methods": ["stripe_card"], "loads": loads})
    policy = page_policy(PAGE, own, fetches=True)
    assert SCRIPT in policy
    assert "stripe.com" not in policy
    assert "stripe.com" not in page_policy(PAGE, Widget(brand="B"), fetches=True)


def test_what_a_method_loads_that_is_not_offered_is_not_trusted(tmp_path: Path) -> None:
    loads = LOADS.replace("loads.card", "loads.qr")
    widget = load(with_loads(tmp_path, loads)).widget.model_copy(update={"methods": ["card"]})
    assert "provider" not in page_policy(PAGE, widget, fetches=True)


def test_the_script_stands_in_the_page_and_waits_there(dist: Path) -> None:
    html = (dist / "index.html").read_text("utf-8")
    (script,) = [each for each in find_elements(html).elements if each.src]
    assert (script.src, script.integrity) == (f"{SCRIPT}?id=7&lang=en", INTEGRITY)
    inside = html.partition("<template id=load-card>")[2].partition("</template>")[0]
    assert "crossorigin" in inside


def test_the_manifest_lists_it_with_a_reason(manifest: Manifest) -> None:
    assert [(each["kind"], each["url"], each["integrity"]) for each in manifest["loads"]] == [
        ("script", f"{SCRIPT}?id=7&lang=en", INTEGRITY),
        ("scripts of", "https://cdn.provider.example", None),
        ("frames of", "https://*.provider.example", None),
        ("connections to", "https://api.provider.example", None),
    ]
    for each in manifest["loads"]:
        assert each["method"] == "card"
        assert each["purpose"].endswith(".")
        assert "card" in each["purpose"]
    assert all(item["size"] for item in manifest["page"])


def test_the_hosts_send_it(dist: Path, manifest: Manifest) -> None:
    policy = manifest["headers"]["Content-Security-Policy"]
    assert SCRIPT in policy
    for name in ("headers/nginx.conf", "headers/Caddyfile", "_headers"):
        text = (dist / name).read_text("utf-8")
        assert policy in text
        assert all(len(line) < 2000 for line in text.splitlines())  # Cloudflare's limit


def test_the_build_says_what_the_page_trusts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loads = LOADS.replace(f', integrity = "{INTEGRITY}"', "")
    built = build(with_loads(tmp_path, loads), tmp_path / "dist", draft=True)
    print_built(Console(highlight=False), built)
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("card:")]
    assert said == [
        f"card: the page runs {SCRIPT}?id=7&lang=en, whatever it is: no integrity.",
        "card: the page runs whatever its script loads from https://cdn.provider.example.",
        "card: the page shows frames of https://*.provider.example.",
        "card: the page sends to https://api.provider.example.",
    ]


def test_words_about_the_fields_are_in_such_pages_only(
    dist: Path, tmp_path: Path, manifest: Manifest
) -> None:
    assert manifest["page"]
    assert "fields_missing" in (dist / "index.html").read_text("utf-8")
    assert "fields_missing" in json.loads((dist / "locales" / "de.json").read_text("utf-8"))
    build(configured(tmp_path, END, END), tmp_path / "plain", draft=True)
    assert "fields_missing" not in (tmp_path / "plain" / "index.html").read_text("utf-8")
    assert "fields_missing" not in (tmp_path / "plain" / "locales" / "de.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{SCRIPT}?id=7&lang=en", "http://js.provider.example/v1.js"),  # not https
        (f"{SCRIPT}?id=7&lang=en", "https://js.provider.example"),  # an origin
        (f"{SCRIPT}?id=7&lang=en", "https://js.provider.example/a;script-src *"),
        (f"{SCRIPT}?id=7&lang=en", "https://js.provider.example/$host.js"),  # nginx's variable
        (f"{SCRIPT}?id=7&lang=en", "https://[::1]/v1.js"),
        (INTEGRITY, "md5-1234"),
        ("https://*.provider.example", "https://provider.example/path"),
        ("https://*.provider.example", "*"),
        ("https://*.provider.example", "http://fields.provider.example"),
        ("https://api.provider.example", "'unsafe-inline'"),
        ("loads.card", "loads.cheque"),
        ("frames", "windows"),
    ],
)
def test_what_cannot_stand_in_a_policy_is_refused(tmp_path: Path, old: str, new: str) -> None:
    assert old in LOADS
    with pytest.raises(ConfigError, match=r"payframe\.toml:\d+: widget\.loads"):
        load(with_loads(tmp_path, LOADS.replace(old, new)))


def test_a_vault_on_this_machine_needs_no_https(tmp_path: Path) -> None:
    loads = LOADS.replace("https://js.provider.example", "http://vault.localhost:8000")
    assert load(with_loads(tmp_path, loads)).widget.loaded
