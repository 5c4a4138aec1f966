"""manifest.json lists all that the page is made of and all that dist holds, each with its hash."""

import base64
import hashlib
import json
from pathlib import Path

import pytest
from payframe.widget.build import build
from payframe.widget.config import CONFIG
from payframe.widget.elements import find_elements
from payframe.widget.manifest import Manifest, read_manifest

from tests.widget.support import configured, files_of


@pytest.fixture(scope="module")
def manifest(dist: Path) -> Manifest:
    read = read_manifest(dist)
    assert read
    return read


def sha384(content: bytes) -> str:
    return f"sha384-{base64.b64encode(hashlib.sha384(content).digest()).decode()}"


def test_every_script_style_and_data_block_of_the_page_is_listed(
    dist: Path, manifest: Manifest
) -> None:
    html = (dist / "index.html").read_bytes()
    assert [item["kind"] for item in manifest["page"]] == ["style", "data", "script"]
    assert html.count(b"<script") + html.count(b"<style") == len(manifest["page"])
    for item, element in zip(manifest["page"], find_elements(html.decode()).elements, strict=True):
        assert element.content.encode() in html
        assert item["sha384"] == sha384(element.content.encode())
        assert item["size"] == len(element.content.encode())


def test_every_file_is_listed(dist: Path, manifest: Manifest) -> None:
    assert manifest["files"].keys() == files_of(dist) - {"manifest.json"}
    for name, item in manifest["files"].items():
        content = (dist / name).read_bytes()
        assert (item["sha384"], item["size"]) == (sha384(content), len(content)), name
    assert [name for name, item in manifest["files"].items() if item["public"]] == [
        name
        for name in sorted(files_of(dist))
        if name == "index.html" or name.startswith("locales/")
    ]


def test_every_purpose_is_a_sentence(manifest: Manifest) -> None:
    for item in (*manifest["page"], *manifest["files"].values()):
        assert item["purpose"][0].isupper()
        assert item["purpose"].endswith(".")
        assert len(item["purpose"].split()) > 3
    script = manifest["page"][-1]["purpose"]
    assert "card" in script


def test_a_manifest_that_makes_no_sense_is_none(tmp_path: Path, dist: Path) -> None:
    whole = json.loads((dist / "manifest.json").read_text("utf-8"))
    for key in whole:
        for nonsense in (None, 7, "x", [1]):
            if key == "sources" and nonsense == "x":
                continue
            (tmp_path / "manifest.json").write_text(json.dumps({**whole, key: nonsense}))
            assert read_manifest(tmp_path) is None, (key, nonsense)


def test_another_configuration_is_another_inventory(tmp_path: Path, manifest: Manifest) -> None:
    build(configured(tmp_path, '"Northpay"', '"Southpay"'), tmp_path / "dist")
    other = read_manifest(tmp_path / "dist")
    assert other
    assert other["sources"] != manifest["sources"]
    assert other["page"][1]["sha384"] != manifest["page"][1]["sha384"]
    assert other["page"][2] == manifest["page"][2]
    assert other["headers"] == manifest["headers"]
    assert CONFIG.is_file()
