"""`payframe verify`: is what a server sends what was built?"""

import json as json_format
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from .options import DIST


def verify_command(
    url: Annotated[str, typer.Argument(metavar="URL", help="Where the page is served.")],
    dist: Annotated[Path, typer.Option(help="The build that should be served there.")] = DIST,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> None:
    """Compare what a server really sends with dist/manifest.json.

    Bytes, in every compressed form, and headers, by meaning, as each browser engine gets them; a
    script, a style or a header that is not in the inventory is named. The last line says whether
    what was built is served, and how many differences there are. Exit 0: nothing differs. 1:
    something does. 2: it could not be compared.

    PCI DSS 4.0.1 asks in 11.6.1 for a check, at least weekly, that tells of unauthorized changes
    to a payment page's scripts and headers as the buyer's browser receives them. Run this from a
    schedule, outside the network of the server.
    """
    from ..verify.differences import differences, scripts_without_integrity

    found = differences(url, dist)
    changeable = scripts_without_integrity(dist)
    if json:
        report = {
            "url": url,
            "same": not found,
            "differences": [asdict(each) for each in found],
            "count": len(found),
            "scripts_without_integrity": changeable,
        }
        print(json_format.dumps(report, indent=2, ensure_ascii=False))
    else:
        for each in found:
            print(each)
        for script, sha384 in changeable.items():
            print(f"{script} has no integrity and may change at any time. Now it is {sha384}.")
        print(_verdict(url, dist, len(found)))
    if found:
        raise typer.Exit(1)


def _verdict(url: str, dist: Path, count: int) -> str:
    if not count:
        return f"{url} serves what was built into {dist}: no differences."
    counted = "1 difference" if count == 1 else f"{count} differences"
    return f"{url} does not serve what was built into {dist}: {counted}."
