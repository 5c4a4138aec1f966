"""TypeScript and CSS become one minified script and one minified style, by esbuild under Deno."""

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import deno

from .config import Widget
from .errors import BuildError
from .folders import WIDGET, methods, style_sheets

ROOT = WIDGET.parent
SRC = WIDGET / "src"
BROWSERS = "chrome120,firefox121,safari17"


@dataclass(frozen=True)
class Bundle:
    """The script and the style, and how many bytes of the script each module gave."""

    script: str
    style: str
    modules: dict[Path, int]


def bundle(widget: Widget) -> Bundle:
    """The page's script with the methods that are offered, and its style. Raises BuildError."""
    with tempfile.TemporaryDirectory(prefix="payframe-") as folder:
        work = Path(folder).resolve()
        out = work / "out"
        registry, style = work / "methods.ts", work / "style.css"
        known = methods(widget.templates)
        registry.write_text(_registry({method: known[method] for method in widget.methods}))
        style.write_text(
            "".join(
                f"@import {json.dumps(str(sheet))};\n" for sheet in style_sheets(widget.templates)
            )
        )
        _esbuild(
            *(f"main={SRC / 'main.ts'}", f"style={style}", f"--outdir={out}"),
            *(f"--metafile={work / 'meta.json'}", f"--alias:payframe/methods={registry}"),
            # So that a module of an integrator's own finds ours: payframe/view/dom.ts.
            f"--alias:payframe={SRC}",
        )
        outputs = json.loads((work / "meta.json").read_text())["outputs"]
        (inputs,) = [each["inputs"] for name, each in outputs.items() if name.endswith("main.js")]
        return Bundle(
            script=(out / "main.js").read_text("utf-8").strip(),
            style=(out / "style.css").read_text("utf-8").strip(),
            modules={
                (ROOT / name).resolve(): each["bytesInOutput"] for name, each in inputs.items()
            },
        )


def _registry(modules: Mapping[str, Path]) -> str:
    """The module `payframe/methods`: type -> what its module exports, in the order of the offer."""
    imports = [
        f"import method{number} from {json.dumps(str(module))};\n"
        for number, module in enumerate(modules.values())
    ]
    entries = [f"  {json.dumps(type_)}: method{number},\n" for number, type_ in enumerate(modules)]
    return f"{''.join(imports)}export default {{\n{''.join(entries)}}};\n"


def _esbuild(*arguments: str) -> None:
    command = [
        deno.find_deno_bin(),
        *("run", "--quiet", "--allow-all", "--frozen", "npm:esbuild", *arguments),
        *("--bundle", "--minify", "--charset=utf8", "--legal-comments=none"),
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
        raise BuildError(f"Script and style cannot be bundled:\n{told}")
