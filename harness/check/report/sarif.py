"""SARIF 2.1.0, which code hosts show beside the code. A finding's place is the page's URL."""

import json
from typing import Any

from ..finding import Exchange, Finding, Quote, Severity
from ..judging import PageReport
from ..rule import Rule
from .report import Report, own_version

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def report(run: Report) -> str:
    numbers = {rule.id: number for number, rule in enumerate(run.rules)}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "payframe check",
                        "version": own_version(),
                        "rules": [_rule(rule) for rule in run.rules],
                    }
                },
                "invocations": [
                    {
                        "executionSuccessful": not any(page.error for page in run.pages),
                        "toolExecutionNotifications": [
                            _not_run(page) for page in run.pages if page.error
                        ],
                    }
                ],
                "artifacts": [{"location": {"uri": page.url}} for page in run.pages],
                "results": [
                    _result(finding, numbers[finding.rule], page.url)
                    for page in run.pages
                    for finding in page.findings
                ],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.id.replace("/", " ").title().replace(" ", "").replace("-", ""),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.markdown, "markdown": rule.markdown},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.family]},
    }


def _result(finding: Finding, number: int, url: str) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": url}}
    quoted = [evidence.html for evidence in finding.evidence if isinstance(evidence, Quote)]
    if quoted:
        place["region"] = {"snippet": {"text": quoted[0]}}
    requests = [evidence.request for evidence in finding.evidence if isinstance(evidence, Exchange)]
    return {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": LEVELS[finding.severity],
        "message": {"text": f"{finding.message} To fix it: {finding.fix}"},
        "locations": [{"physicalLocation": place}],
        "relatedLocations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": request.url}},
                "message": {"text": f"{request.method}: {request.status or request.failure}"},
            }
            for request in requests
        ],
    }


def _not_run(page: PageReport) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": f"{page.url} {page.error}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": page.url}}}],
    }
