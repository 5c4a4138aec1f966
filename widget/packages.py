"""The npm packages that a build needs: the bundler, and what the page's script imports.

They are fetched once, at the versions of deno.json and with the hashes of deno.lock, into a cache
folder of the user: payframe itself may be installed where nothing can be written.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import deno
from platformdirs import user_cache_path

from .errors import BuildError
from .folders import WIDGET

DESCRIBED_IN = ("deno.json", "deno.lock")


def packages() -> Path:
    """The folder whose node_modules has them. Raises BuildError where they cannot be had."""
    content = b"".join((WIDGET / name).read_bytes() for name in DESCRIBED_IN)
    folder = user_cache_path("payframe") / f"npm-{hashlib.sha256(content).hexdigest()[:16]}"
    if not folder.is_dir():
        print("Fetching the bundler from npm, this once ...", file=sys.stderr, flush=True)
        _fetch(folder)
    return folder


def _fetch(folder: Path) -> None:
    """Whole or not at all: it gets its name when everything is there."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix="npm-") as work:
            draft = Path(work) / "packages"
            draft.mkdir()
            for name in DESCRIBED_IN:
                shutil.copyfile(WIDGET / name, draft / name)
            run_deno(draft, "install", "--frozen", "--quiet")
            if not folder.is_dir():  # another build may have been faster
                draft.rename(folder)
    except OSError as error:
        if not folder.is_dir():
            raise BuildError(f"{folder}: cannot be written: {error.strerror}") from error
    except BuildError as error:
        raise BuildError(f"The npm packages of the build cannot be fetched. {error}") from error


def run_deno(folder: Path, *arguments: str) -> None:
    """Deno in `folder`, with its packages for all that is bundled. Raises BuildError."""
    result = subprocess.run(  # noqa: S603
        [deno.find_deno_bin(), *arguments],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", "NODE_PATH": str(folder / "node_modules")},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        # After the tool's own words comes Deno's trace of how it called it.
        raise BuildError(result.stderr.strip().partition("\nerror: Uncaught")[0].rstrip())
