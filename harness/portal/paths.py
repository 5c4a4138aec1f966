"""Which call a path under /rest asks for.

The platform knows METHOD and USER/CODE/METHOD, and api/... with each for the third version of its
REST, with and without a slash at the end. Repeated slashes count as one.
"""

from dataclasses import dataclass

from .envelope import FORMATS


@dataclass(frozen=True)
class RestPath:
    """`known` is whether the platform knows such a path; `name` is in lower case.

    `format` is the one that the answer is asked for in, json or xml.
    """

    name: str
    format: str
    user_id: str | None = None
    webhook: str | None = None
    known: bool = True
    version: int = 2


def parse_path(path: str) -> RestPath:
    """A path that begins with /rest, decoded."""
    parts = [part for part in path.split("/") if part][1:]
    version = 2
    if parts[:1] == ["api"] and len(parts) in (2, 4):
        version, parts = 3, parts[1:]
    name, kind = _split(parts[-1] if parts else "")
    match parts:
        case [_]:
            return RestPath(name, kind, version=version)
        case [user_id, webhook, _]:
            return RestPath(name, kind, user_id, webhook, version=version)
        case _:
            return RestPath(name, kind, known=False)


def _split(name: str) -> tuple[str, str]:
    name = name.lower()
    for kind in FORMATS:
        if name.endswith(f".{kind}"):
            return name.removesuffix(f".{kind}"), kind
    return name, "json"
