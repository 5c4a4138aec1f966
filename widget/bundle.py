"""TypeScript and CSS become one minified file each, by esbuild under Deno."""

import os
import subprocess
from pathlib import Path

import deno

from .errors import BuildError

ROOT = Path(__file__).parent.parent
BROWSERS = "chrome120,firefox121,safari17"


def bundle(entry: Path) -> str:
    """One minified file from a module or a stylesheet and all that it imports."""
    command = [
        deno.find_deno_bin(),
        *("run", "--quiet", "--allow-all", "--frozen", "npm:esbuild"),
        *(str(entry), "--bundle", "--minify", "--charset=utf8", "--legal-comments=none"),
        *("--format=iife", f"--target={BROWSERS}", "--log-level=warning"),
    ]
    result = subprocess.run(  # noqa: S603
        command,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        # After esbuild's own words comes Deno's trace of how it called esbuild.
        told = result.stderr.strip().partition("\nerror: Uncaught")[0].rstrip()
        raise BuildError(f"{entry.name} cannot be bundled:\n{told}")
    return result.stdout.strip()
