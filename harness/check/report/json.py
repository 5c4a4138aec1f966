"""One JSON object, for programs."""

import json

from ..checking import PageReport


def report(pages: list[PageReport]) -> str:
    return json.dumps({"pages": [each.as_json() for each in pages]}, ensure_ascii=False, indent=2)
