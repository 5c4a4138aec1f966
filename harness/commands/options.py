"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer
from payframe.widget.folders import DIST as DIST
from payframe.widget.folders import LEDGER as LEDGER

DATABASE = ".payframe/harness.db"
"""The shop's and the portal's data, below the folder that a command is run in."""
AUTHORITY = Path(".payframe")
"""Where the local certificate authority is kept."""

DatabaseOption = Annotated[
    str, typer.Option("--database", metavar="FILE|URL", help="SQLite file, or a database's URL.")
]
FreshOption = Annotated[bool, typer.Option("--fresh", help="Start with new data.")]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one line of JSON when ready, for programs.")
]
PortOption = Annotated[
    int,
    typer.Option(
        metavar="NUMBER", min=0, max=65535, help="Port to listen on; the next free one if busy."
    ),
]
TlsOption = Annotated[
    bool, typer.Option("--tls", help="Serve https, with a certificate of a local authority.")
]
StartOption = Annotated[
    str | None,
    typer.Option(
        metavar="COMMAND",
        help="Run the server of that page too, with the portal's webhook in PAYFRAME_PORTAL.",
    ),
]
WebhookOption = Annotated[
    str,
    typer.Option(
        "--portal",
        metavar="WEBHOOK_URL",
        envvar="PAYFRAME_PORTAL",
        help="https://PORTAL/rest/USER_ID/CODE/, a secret: better in the environment.",
    ),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="The handler; by default payframe.toml."),
]
OutOption = Annotated[
    Path, typer.Option("--out", metavar="FOLDER", help="Where the built page goes.")
]
LedgerOption = Annotated[
    str,
    typer.Option(
        "--database",
        metavar="FILE|URL",
        envvar="PAYFRAME_DATABASE",
        help="The gateway's: an SQLite file, or postgresql://...",
    ),
]


def require_page(url: str | None) -> None:
    """Raises BadParameter where a page is named by what is no URL."""
    if url is not None and not url.startswith(("http://", "https://")):
        raise typer.BadParameter("expected a URL that starts with http:// or https://")
