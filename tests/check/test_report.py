"""What is written of a run, in every format. Hostile words and pictures come from the page."""

import base64
import json
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft4Validator
from payframe.harness.browser.messages import Message, Size
from payframe.harness.check.excerpt import excerpt, small
from payframe.harness.check.finding import Breach, Exchange, Quote, Severity, message_log, picture
from payframe.harness.check.judging import PageReport, report_on
from payframe.harness.check.recording import Moment, Recording, Request, Visit
from payframe.harness.check.report import FILES, FORMATS, Report, text, write
from payframe.harness.check.rule import Rule
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.slow import slow

SCHEMA = Path("node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")
AXE = Path("node_modules/axe-core/axe.min.js").read_text()
URL = "https://pay.example/?a=1&b=2"
HOSTILE = "</pre></style><script>document.title = 'owned'</script>{{ 7 * 7 }}\x0b"
SECRET = "a-merchants-own"
SIZE = Size(800, 300)


def png(width: int = 800, height: int = 300) -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize((width, height)).save(out, "PNG")
    return out.getvalue()


def moment(name: str, shot: bytes) -> Moment:
    return Moment(name, 1.0, SIZE, SIZE, SIZE, 300.0, 0.0, "Pay", None, shot)


def request() -> Request:
    return Request(URL, "GET", "document", 0.1, 200, {"x-hostile": HOSTILE}, None)


def visit_of(url: str = URL) -> Visit:
    def scene(name: str, *moments: str) -> Recording:
        payment = {"SUM": "100.00", "CURRENCY": "USD", "PAYMENT_ID": 1}
        sent = {"BX_SYSTEM_PARAMS": payment, "serviceKey": SECRET, "serviceId": "shop-7"}
        return Recording(
            name,
            messages=[
                Message("frame", sent, "http://localhost", 0.5, own=True),
                Message("seller", {"height": HOSTILE}, "https://pay.example", 0.7, own=True),
                Message("seller", {"height": math.nan}, "https://pay.example", 0.8, own=True),
            ],
            times={"document": [0.1], "listener": [0.2], "load": [0.4], "second": [0.45]},
            moments={shown: moment(shown, png()) for shown in moments},
            documents=[url],
        )

    scenes = [
        scene("first_load", "loaded"),
        scene("messages", "before", "after"),
        scene("dark", "loaded", "second"),
        scene("brand", "loaded"),
        scene("narrow", "upright"),
    ]
    return Visit(
        url, request(), "http://localhost", {recording.scene: recording for recording in scenes}
    )


def rule(name: str, severity: Severity = "error", *, broken: bool = False) -> Rule:
    def judge(visit: Visit) -> Iterator[Breach]:
        recording = visit["first_load"]
        if broken:
            yield Breach(
                f"It says {HOSTILE}.",
                (
                    picture(recording, recording.moments["loaded"]),
                    message_log(recording),
                    Exchange(visit.document),
                    Quote(HOSTILE),
                ),
            )

    sections = {
        "What it does": "Looks.",
        "Why it matters": "Buyers `leave`.",
        "Example": "```html\n<script>bad()</script>\n```",
        "Use instead": "Post `{ height }`.",
        "Fact": "docs/frame.md#sizes",
    }
    return Rule(
        id=f"sizing/{name}",
        title=f"The {name} is wrong.",
        severity=severity,
        why="Buyers `leave`.",
        fix="Post `{ height }`.",
        fact="docs/frame.md#sizes",
        sections=sections,
        scenes=("first_load",),
        judge=judge,
        even_if_not_shown=False,
    )


RULES = (
    rule("height", broken=True),
    rule("width", "warning", broken=True),
    rule("colour", "info", broken=True),
    rule("held"),
)
MADE = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def run(*pages: PageReport, rules: tuple[Rule, ...] = RULES) -> Report:
    return Report(list(pages), rules, MADE)


@pytest.fixture(scope="module")
def bad() -> PageReport:
    return excerpt(report_on(RULES, visit_of()))


@pytest.fixture(scope="module")
def clean() -> PageReport:
    return excerpt(report_on((RULES[3],), visit_of("https://good.example/")))


DEAD = PageReport("https://dead.example/", (), None, "cannot be reached: nothing listens there.")


@pytest.fixture
def shown(page: Page, bad: PageReport, clean: PageReport) -> Page:
    page.set_content(write("html", run(bad, clean, DEAD)))
    return page


def test_the_verdict_is_on_top_of_all_and_of_each(shown: Page) -> None:
    said = "3 pages: 1 without findings, 1 with findings, 1 not checked."
    assert shown.get_by_role("heading", level=1).inner_text() == said
    verdicts = shown.locator(".page > .verdict").all_inner_texts()
    assert [verdict.strip() for verdict in verdicts] == [
        "1 error, 1 warning, 1 info",
        "No findings",
        "Not checked: the page cannot be reached: nothing listens there.",
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_a_secret_among_the_fields_is_in_no_report(name: str, bad: PageReport) -> None:
    text = write(name, run(bad))
    assert SECRET not in text
    assert "shop-7" in text or name not in ("html", "json")


def test_a_number_that_json_has_no_word_for_is_a_text(bad: PageReport) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(word)

    page = json.loads(write("json", run(bad)), parse_constant=refuse)["pages"][0]
    (log,) = (item for item in page["findings"][0]["evidence"] if item["kind"] == "messages")
    assert log["messages"][-1]["data"] == {"height": "nan"}


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (RULES, "does not work as a payment frame yet."),
        (RULES[1:], "works as a payment frame, but not well everywhere."),
        (RULES[2:], "works as a payment frame; some things are worth knowing."),
        (RULES[3:], "works as a payment frame."),
    ],
)
def test_one_page_is_judged_in_a_sentence(rules: tuple[Rule, ...], said: str) -> None:
    html = write("html", run(report_on(rules, visit_of()), rules=rules))
    assert f"<span>This page {said}</span></h1>" in html


def test_the_frame_is_shown_in_pictures(shown: Page) -> None:
    pictures = shown.locator(".page").first.locator(".pictures figure")
    assert pictures.locator("figcaption").all_inner_texts() == [
        "Before the shop’s message",
        "With the shop’s message",
        "In a dark shop",
        "In a branded shop",
        "On a phone, 360 px",
        "Loaded a second time",
    ]
    widths = pictures.locator("img").evaluate_all("all => all.map((each) => each.naturalWidth)")
    assert widths == [640] * 6


def test_findings_of_one_rule_are_together_and_listed_with_their_count(
    page: Page, bad: PageReport
) -> None:
    (first, *others) = bad.findings
    page.set_content(write("html", run(replace(bad, findings=(first, first, *others)))))
    contents = page.locator(".contents li").all_inner_texts()
    assert contents[0].split() == ["error", "The", "height", "is", "wrong.", "2", "times"]
    assert len(contents) == page.locator(".finding").count() == 3
    page.get_by_role("link", name="The width is wrong.").click()
    assert page.evaluate("document.querySelector(':target h4').textContent").endswith("is wrong.")
    shown = page.locator(".finding").nth(0)
    assert shown.locator(".message").count() == 2
    shown.locator("summary").first.click()
    expect(shown.locator(".message").first).to_be_hidden()


def test_a_picture_ends_with_what_it_shows() -> None:
    image = Image.new("RGB", (320, 2000), "white")
    image.paste("black", (10, 10, 100, 200))
    out = BytesIO()
    image.save(out, "PNG")
    with Image.open(BytesIO(small(out.getvalue()))) as shown:
        assert shown.height == 224


def test_a_finding_says_why_what_to_do_and_shows_the_evidence(shown: Page) -> None:
    finding = shown.locator(".finding").first
    assert "The height is wrong." in finding.inner_text()
    assert finding.locator("dd").all_inner_texts() == ["Buyers leave.", "Post { height }."]
    assert finding.locator("img").count() == 1
    assert "3 messages in the scene “first load”" in finding.inner_text()
    link = finding.get_by_role("link", name="sizing/height").get_attribute("href")
    assert shown.locator(str(link)).get_by_role("heading").first.inner_text() == (
        "The height is wrong."
    )


def test_messages_are_a_sequence_with_times(shown: Page) -> None:
    log = shown.locator(".page").first.locator("> .log .sequence")
    shown.locator(".page > .log > summary").first.click()
    assert log.locator("time").all_inner_texts() == [
        "0.10 s",
        "0.20 s",
        "0.40 s",
        "0.50 s",
        "0.70 s",
        "0.80 s",
    ]
    assert "the payment: 100.00 USD" in log.locator("li.to-frame").inner_text()
    assert "</pre></style>" in log.locator("li.to-seller").first.inner_text()


def test_nothing_of_the_page_becomes_markup_and_nothing_is_loaded(
    browser: Browser, bad: PageReport
) -> None:
    html = write("html", run(bad))
    assert "<script" not in html
    assert "49" not in html.partition("It says")[2][:200]
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(html)
    assert page.title() == "This page does not work as a payment frame yet. · payframe check"
    assert [url for url in asked if not url.startswith("data:")] == []
    page.close()


@pytest.mark.parametrize(
    ("width", "scheme"), [(360, "dark"), *slow((360, "light"), (1200, "light"), (1200, "dark"))]
)
def test_it_is_readable_at_any_width(shown: Page, width: int, scheme: str) -> None:
    shown.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    shown.set_viewport_size({"width": width, "height": 800})
    shown.locator("details").evaluate_all("all => all.forEach((each) => each.open = true)")
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    shown.evaluate(AXE)
    found = shown.evaluate("axe.run()")
    assert [
        (violation["id"], violation["nodes"][0]["html"]) for violation in found["violations"]
    ] == []


def test_one_page_weighs_well_under_2_mb(bad: PageReport) -> None:
    assert len(write("html", run(bad))) < 500_000


def test_junit_has_a_suite_for_each_page_and_a_case_for_each_rule(
    bad: PageReport, clean: PageReport
) -> None:
    root = ElementTree.fromstring(write("junit", run(bad, clean, DEAD)))
    assert root.attrib == {"name": "payframe check", "tests": "9", "failures": "2", "errors": "1"}
    suites = {str(suite.get("name")): suite for suite in root}
    assert list(suites) == [URL, "https://good.example/", "https://dead.example/"]
    names = [(case.get("classname"), case.get("name")) for case in suites[URL]]
    assert names == [("sizing", name) for name in ("height", "width", "colour", "held")]
    failed = suites[URL].findall("testcase/failure")
    assert [failure.get("type") for failure in failed] == ["error", "warning"]
    assert str(failed[0].get("message")).startswith("It says </pre>")
    assert "To fix it: Post `{ height }`." in (failed[0].text or "")
    assert suites["https://good.example/"].findall(".//failure") == []
    (error,) = suites["https://dead.example/"].iter("error")
    assert error.get("message") == "https://dead.example/ cannot be reached: nothing listens there."


def test_sarif_follows_its_schema(bad: PageReport, clean: PageReport) -> None:
    log = json.loads(write("sarif", run(bad, clean, DEAD)))
    schema = json.loads(SCHEMA.read_text())
    Draft4Validator.check_schema(schema)
    assert [error.message for error in Draft4Validator(schema).iter_errors(log)] == []
    (only,) = log["runs"]
    assert [rule["id"] for rule in only["tool"]["driver"]["rules"]] == [rule.id for rule in RULES]
    help_texts = only["tool"]["driver"]["rules"][0]["help"]
    assert "## Use instead" in help_texts["markdown"]
    assert "Buyers `leave`." in help_texts["text"]
    assert "](" not in help_texts["markdown"]  # a path in payframe's sources leads nowhere there
    results = [(result["ruleId"], result["level"]) for result in only["results"]]
    assert results == [
        ("sizing/height", "error"),
        ("sizing/width", "warning"),
        ("sizing/colour", "note"),
    ]
    (place,) = only["results"][0]["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == URL
    assert only["invocations"][0]["executionSuccessful"] is False


def test_text_is_coloured_only_on_a_terminal(bad: PageReport) -> None:
    plain = write("text", run(bad))
    assert "\x1b" not in plain
    assert plain.startswith(f"{URL}: 1 error, 1 warning, 1 info\n")
    assert "More: payframe explain sizing/height" in plain
    styled = text.styled(run(bad))
    assert styled.plain == plain
    assert "bold red" in {str(span.style) for span in styled.spans}


def test_every_file_of_a_report_has_a_reporter() -> None:
    assert set(FILES) <= set(FORMATS)


def test_pictures_of_a_report_are_small(bad: PageReport) -> None:
    html = write("html", run(bad))
    found = re.findall(r"data:image/png;base64,([\w+/=]+)", html)
    assert found
    for image_data in found:
        with Image.open(BytesIO(base64.b64decode(image_data))) as image:
            assert image.width <= 640


def test_what_a_page_says_draws_nothing_on_the_terminal() -> None:
    said = "\x1b[2J\x9b31m\npay.example: no findings\u202e"
    failed = PageReport(URL, (), None, f"cannot be reached: {said}")
    hostile = Breach(f"It says {said}", (Quote(said),))
    loud = replace(RULES[0], judge=lambda _visit: iter([hostile]))
    told = text.report(run(failed, report_on((loud,), visit_of()), rules=(loud,)))
    assert "pay.example: no findings" in told
    assert all(line.isprintable() for line in told.split("\n"))
    assert not any(line.startswith("pay.example: no findings") for line in told.split("\n"))
