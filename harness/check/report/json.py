"""One JSON object, for programs."""

import json

from .report import Report


def report(run: Report) -> str:
    return json.dumps(
        {"pages": [page.as_json() for page in run.pages]},
        ensure_ascii=False,
        allow_nan=False,
        indent=2,
    )
