"""What a test of an integrator's can do with the fixtures and the marker."""

import json

import pytest

pytestmark = pytest.mark.timeout(180)  # each starts a pytest with a browser of its own


OWN_PAGE_OBJECT = """
import pytest
from playwright.sync_api import expect
from payframe.testing import PaymentPage

class InvoicePage(PaymentPage):
    def expect_amount(self, amount):
        expect(self.frame.locator("#amount")).to_have_text(amount)

@pytest.fixture(scope="session")
def payframe_page():
    return InvoicePage

def test_two_tabs(seller_page):
    seller_page.open()
    other = seller_page.in_another_tab()
    other.open(seller_page.payment_id, "dark")
    for shown in (seller_page, other):
        shown.expect_amount("100 USD")
    assert (seller_page.theme, other.theme) == ("light", "dark")
    assert seller_page.errors == []

def test_what_the_page_complains_of(seller_page):
    seller_page.open()
    seller_page.document.evaluate("console.warn('no name')")
    with seller_page.page.expect_event("pageerror"):
        seller_page.document.evaluate("setTimeout(() => { throw Error('no card') })")
    assert seller_page.errors == []
"""


def test_the_page_is_shown_as_fixtures_and_markers_say(
    project: pytest.Pytester, pages: str
) -> None:
    project.makepyfile(
        test_own=OWN_PAGE_OBJECT,
        test_shown=f"""
        import pytest
        from playwright.sync_api import expect
        from payframe.testing import RefusedError

        pytestmark = pytest.mark.payframe(theme="dark")

        def test_handshake(seller_page, payframe_server):
            seller_page.open()
            expect(seller_page.frame.get_by_text("100 USD")).to_be_visible()
            assert seller_page.theme == "dark"
            assert "frame" in [message.to for message in seller_page.messages]
            assert seller_page.sizes()[-1]["height"] == seller_page.size.height
            seller_page.open(seller_page.new_payment(), theme="brand")
            assert not payframe_server.is_paid(seller_page.payment_id)
            assert seller_page.theme == "brand"

        @pytest.mark.payframe(
            amount="38.750", currency="KWD", fields={{"shop": "4411"}}, viewport=(360, 740)
        )
        def test_marker(seller_page):
            seller_page.open()
            expect(seller_page.frame.get_by_text("38.75 KWD")).to_be_visible()
            assert seller_page.last_message()["shop"] == "4411"
            assert seller_page.size.width < 360
            assert seller_page.theme == "dark"
            seller_page.reload_frame()
            expect(seller_page.frame.get_by_text("38.75 KWD")).to_be_visible()

        def test_portal(seller_page, payframe_portal):
            seller_page.open()
            assert not seller_page.is_paid
            system = payframe_portal.payment(seller_page.payment_id)["paySystemId"]
            payframe_portal.call(
                "sale.paysystem.pay.payment",
                PAYMENT_ID=seller_page.payment_id, PAY_SYSTEM_ID=system,
            )
            assert seller_page.is_paid
            seller_page.open()
            seller_page.wait_for_paid()
            assert system in [int(listed["ID"]) for listed in payframe_portal.pay_systems()]
            assert payframe_portal.handlers()
            with pytest.raises(RefusedError, match="sale.payment.get"):
                payframe_portal.call("sale.payment.get", id=0)

        @pytest.mark.payframe(url="{pages}/good/plain.html")
        def test_time(seller_page):
            seller_page.fix_time("2030-01-31T12:00")
            seller_page.open(theme="light")
            assert seller_page.document.evaluate("new Date().getFullYear()") == 2030
        """,
    )
    result = project.runpytest_subprocess("-p", "no:xdist")
    result.assert_outcomes(passed=5, failed=1)
    (kept,) = (project.path / "test-results").glob("*complains*/errors.txt")
    assert kept.read_text().splitlines() == ["no name", "no card"]


@pytest.mark.slow
def test_a_browser_that_is_not_there_is_one_sentence(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAYFRAME_CHROMIUM", "/nowhere/chromium")
    project.makepyfile("def test_it(seller_page): pass")
    result = project.runpytest_subprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        "PAYFRAME_CHROMIUM is /nowhere/chromium, and there is no such file."
    )


@pytest.mark.slow
def test_without_a_page_it_says_what_to_do(project: pytest.Pytester) -> None:
    project.makeconftest("")
    project.makepyfile("def test_it(seller_page): pass")
    result = project.runpytest_subprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines("There is no page to test: override the fixture payframe_url, *")


MISTAKES = """
import pytest

@pytest.mark.payframe(colour="red")
def test_unknown_argument(seller_page):
    pass

@pytest.mark.payframe(theme="pink")
def test_unknown_theme(seller_page):
    pass

@pytest.mark.payframe(viewport=360)
def test_viewport(seller_page):
    pass

@pytest.mark.payframe(url="http://127.0.0.1:9/")
def test_unreachable(seller_page):
    seller_page.open()

@pytest.mark.payframe(url="{pages}/none.html")
def test_not_found(seller_page):
    seller_page.open()
"""


def test_mistakes_and_findings_fail_with_sentences(project: pytest.Pytester, pages: str) -> None:
    project.makepyfile(
        test_mistakes=MISTAKES.format(pages=pages),
        test_findings=f"""
        import pytest
        from payframe.testing import assert_no_findings

        def test_good(seller_page):
            assert_no_findings(seller_page, rules=["sizing/no-size"])

        @pytest.mark.payframe(url="{pages}/sizing/no-size/bad.html")
        def test_bad(seller_page):
            seller_page.open()
            assert_no_findings(seller_page, rules=["sizing/no-size"])

        def test_unknown(seller_page):
            assert_no_findings(seller_page, rules=["nonsense"])

        def test_rule_that_crashes(seller_page, monkeypatch):
            from payframe.harness.check.registry import all_rules
            from payframe.harness.check.rules.sizing import no_size

            def judge(visit):
                raise ZeroDivisionError("no height")

            monkeypatch.setattr(no_size, "judge", judge)
            all_rules.cache_clear()
            assert_no_findings(seller_page, rules=["sizing/no-size"])
        """,
    )
    result = project.runpytest_subprocess()
    result.assert_outcomes(passed=1, failed=5, errors=3)
    for line in (
        "@pytest.mark.payframe: there is no argument colour; they are url, fields, *",
        "@pytest.mark.payframe: theme is one of light, dark, brand, not 'pink'.",
        "@pytest.mark.payframe: viewport is (width, height) in CSS px, not 360.",
    ):
        result.stdout.fnmatch_lines(line)
    result.stdout.fnmatch_lines("http://127.0.0.1:9/ cannot be reached: *.")
    result.stdout.fnmatch_lines(f"{pages}/none.html answers with 404 *")
    result.stdout.fnmatch_lines("*could not be judged: ZeroDivisionError: no height")
    result.stdout.fnmatch_lines("*sizing/no-size/bad.html: 1 error")
    result.stdout.fnmatch_lines("*To fix it: Post*")
    result.stdout.fnmatch_lines("There is no rule or family of rules nonsense.*")
    (folder,) = (project.path / "test-results").glob("*test-bad*")
    (finding,) = json.loads((folder / "findings.json").read_text())
    (picture,) = [item for item in finding["evidence"] if item["kind"] == "picture"]
    assert (folder / picture["file"]).read_bytes().startswith(b"\x89PNG")
    assert [message["to"] for message in json.loads((folder / "messages.json").read_text())] == [
        "frame"
    ]
    assert (folder / "seller-page.png").is_file()


def test_a_project_that_does_not_use_it_pays_nothing(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        """
        import sys

        def pytest_unconfigure():
            ours = {"payframe.widget", "payframe.harness.server", "payframe.harness.check"}
            ours |= {"payframe.harness.browser", "sqlalchemy", "starlette", "PIL"}
            print("imported:", sorted(ours & set(sys.modules)))
        """
    )
    pytester.makepyfile("def test_it(): pass")
    result = pytester.runpytest_subprocess("-s", "--strict-markers")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines("*imported: []*")
    assert not (pytester.path / "test-results").exists()


def test_without_pytest_playwright_the_other_tests_run(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(): pass")
    pytester.runpytest_subprocess("-p", "no:playwright").assert_outcomes(passed=1)
