"""Snapshots: made, kept, compared, and shown side by side where they differ."""

import io
import re

import pytest
from payframe.harness.browser.comparison import compare
from PIL import Image

TESTS = """
import pytest

@pytest.fixture
def opened(seller_page):
    seller_page.open()
    seller_page.frame.get_by_text("100 USD").wait_for()
    return seller_page

def test_frame(opened):
    opened.assert_snapshot("frame")

def test_repainted(opened):
    opened.document.evaluate("document.body.style.background = {colour!r}")
    opened.assert_snapshot("colours")

def test_masked(opened):
    opened.document.evaluate("document.querySelector('h1').style.color = {colour!r}")
    opened.assert_snapshot("masked", mask=[opened.frame.locator("h1")])

def test_grown(opened):
    opened.document.evaluate("document.querySelector('h1').style.height = {height!r}")
    opened.page.wait_for_function("document.querySelector('iframe').offsetHeight > 200")
    opened.assert_snapshot("grown", full=True)
"""
PNGS = {f"{name}-chromium.png" for name in ("frame", "colours", "masked", "grown")}


def png(colour: str, size: tuple[int, int] = (10, 10), dot: str | None = None) -> bytes:
    image = Image.new("RGB", size, colour)
    if dot:
        image.putpixel((3, 4), Image.new("RGB", (1, 1), dot).getpixel((0, 0)) or 0)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@pytest.mark.slow
@pytest.mark.timeout(300)  # starts four pytests, each with a browser
def test_the_life_of_a_snapshot(project: pytest.Pytester) -> None:
    folder = project.path / "__snapshots__" / "test_page"

    def run(*options: str, colour: str, height: str) -> pytest.RunResult:
        project.makepyfile(test_page=TESTS.format(colour=colour, height=height))
        return project.runpytest_subprocess(*options)

    before = {"colour": "white", "height": "200px"}
    missing = run("-k", "frame", **before)
    missing.assert_outcomes(failed=1)
    missing.stdout.fnmatch_lines("There is no snapshot *: pytest --update-snapshots makes it.*")
    assert not folder.exists()
    assert len(list((project.path / "test-results").rglob("frame-chromium-actual.png"))) == 1

    run("--update-snapshots", "--browser", "chromium", **before).assert_outcomes(passed=4)
    assert {file.name for file in folder.iterdir()} == PNGS

    changed = run("-n", "2", colour="#9ef", height="230px")
    changed.assert_outcomes(passed=2, failed=2)
    changed.stdout.fnmatch_lines("*The snapshot grown differs: it is * px now and was * px.")
    changed.stdout.fnmatch_lines("2 snapshots differ: *snapshots.html")
    output = project.path / "test-results"
    kept = {re.sub(r".*-", "", file.stem) for file in output.rglob("colours-chromium-*.png")}
    assert kept == {"expected", "actual", "diff"}
    report = (output / "snapshots.html").read_text()
    assert report.count("<section>") == 2
    assert report.count("data:image/png;base64,") == 6
    assert not re.search(r'(?:src|href)="(?!data:)', report)

    old = (folder / "frame-chromium.png").stat().st_mtime_ns
    run("--update-snapshots", colour="#9ef", height="230px").assert_outcomes(passed=4)
    assert (folder / "frame-chromium.png").stat().st_mtime_ns == old


def test_the_same_picture_does_not_differ() -> None:
    assert compare(png("white"), png("white"), 0).share == 0


def test_one_pixel_is_a_hundredth_of_a_hundred() -> None:
    compared = compare(png("white"), png("white", dot="red"), 0.1)
    assert compared.share == 0.01
    assert compared.sentence == "1 of 100 pixels"


@pytest.mark.parametrize(
    ("colour", "differs"), [("#f4f4f4", False), ("#e0e0e0", True), ("#ffffa0", True)]
)
def test_the_threshold_is_that_of_an_eye(colour: str, differs: bool) -> None:
    assert (compare(png("white"), png(colour), 0.1).share == 1) is differs


def test_black_and_white_are_1_apart() -> None:
    assert compare(png("white"), png("black"), 0.99).share == 1
    assert compare(png("white"), png("black"), 1).share == 0


def test_what_only_one_picture_has_differs() -> None:
    compared = compare(png("white"), png("white", (10, 20)), 0.1)
    assert compared.share == 0.5
    assert compared.sentence == "it is 10 x 20 px now and was 10 x 10 px"
    assert Image.open(io.BytesIO(compared.picture)).size == (10, 20)
