"""Own edits of the widget, live: seen in the frame, and what is typed stays."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from payframe.widget.config import CONFIG
from playwright.sync_api import Page, expect

from tests.e2e.demo import Demo
from tests.studio.studio_page import StudioPage


@dataclass(frozen=True)
class Project:
    """A project with templates of its own, open in the studio."""

    demo: Demo
    styles: Path


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("project")
    styles = folder / "templates" / "styles.css"
    styles.parent.mkdir()
    styles.write_text("")
    config = CONFIG.read_text().replace("[widget]\n", '[widget]\ntemplates = "templates"\n', 1)
    (folder / "payframe.toml").write_text(config)
    for name in ("logo.svg",):
        if Path(name).is_file():
            shutil.copy(name, folder)
    options = ("--config", str(folder / "payframe.toml"), "--out", str(folder / "dist"))
    running = Demo.start(folder / "harness.db", *options, "--no-browser", command="studio")
    yield Project(running, styles)
    assert running.stop() == 0


@pytest.fixture
def open_project(page: Page, project: Project) -> StudioPage:
    opened = StudioPage(page, project.demo.addresses.seller)
    opened.open()
    expect(opened.frame.get_by_role("button", name="Pay ")).to_be_visible()
    return opened


def test_a_changed_style_is_seen(open_project: StudioPage, project: Project) -> None:
    project.styles.write_text("main { outline: 3px solid rgb(1, 2, 3); }")
    expect(open_project.frame.locator("main")).to_have_css("outline-color", "rgb(1, 2, 3)")
    expect(open_project.row("The page is built anew").first).to_be_visible()


def test_what_cannot_be_built_is_said_and_the_page_stays(
    open_project: StudioPage, project: Project
) -> None:
    template = project.styles.parent / "index.html"
    template.write_text("{% if %}")
    expect(open_project.row("The page cannot be built").first).to_be_visible()
    expect(open_project.frame.get_by_role("button", name="Pay ")).to_be_visible()
    template.unlink()
    expect(open_project.row("The page is built anew").first).to_be_visible()
