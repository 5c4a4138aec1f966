"""JUnit XML, which CI servers show as tests: a suite for each page, a case for each rule.

A page that could not be checked is a suite with one case, which has an error. What is only
information does not fail a case; it is its output.
"""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..finding import Finding
from ..judging import PageReport
from ..rule import Rule
from .report import Report

NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report(run: Report) -> str:
    root = Element("testsuites", name="payframe check")
    for page in run.pages:
        _suite(root, page, run)
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    indent(root)
    return tostring(root, "unicode", xml_declaration=False)


def _suite(root: Element, page: PageReport, run: Report) -> None:
    suite = SubElement(
        root,
        "testsuite",
        name=_clean(page.url),
        timestamp=run.made.isoformat(timespec="seconds"),
        hostname="localhost",
        time="0",
    )
    if page.error:
        case = SubElement(suite, "testcase", classname="payframe", name="check", time="0")
        SubElement(case, "error", type="not run", message=_clean(f"{page.url} {page.error}"))
    else:
        for rule in run.rules_of(page):
            _case(suite, rule, [finding for finding in page.findings if finding.rule == rule.id])
    for count, name in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        suite.set(count, str(sum(1 for _ in suite.iter(name))))
    suite.set("skipped", "0")


def _case(suite: Element, rule: Rule, findings: list[Finding]) -> None:
    family, _, name = rule.id.partition("/")
    case = SubElement(suite, "testcase", classname=family, name=name, time="0")
    if not findings:
        return
    text = "\n\n".join(
        f"{finding.message}\n\nTo fix it: {finding.fix}\n\nMore: {rule.explain}"
        for finding in findings
    )
    if rule.severity == "info":
        SubElement(case, "system-out").text = _clean(text)
        return
    message = _clean(findings[0].message)
    SubElement(case, "failure", type=rule.severity, message=message).text = _clean(text)


def _clean(text: str) -> str:
    """A page may say what XML cannot hold."""
    return NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
