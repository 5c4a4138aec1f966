"""TypeScript and CSS become one minified script and one minified style, by esbuild under Deno.

What esbuild has minified terser makes smaller still, by about a twentieth.
"""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .config import Widget
from .errors import BuildError
from .folders import WIDGET, methods, style_sheets
from .packages import packages, run_deno

SRC = WIDGET / "src"
BROWSERS = "chrome120,firefox121,safari17"
TERSER = (
    "--ecma",
    "2020",
    "--mangle",
    "--compress",
    "passes=3,pure_getters=true,ecma=2020,unsafe_arrows=true,lhs_constants=false,sequences=false,unsafe=true,unsafe_methods=true",
)


@dataclass(frozen=True)
class Bundle:
    """The script and the style, and how many bytes of the script each module gave."""

    script: str
    style: str
    modules: dict[Path, int]


def bundle(widget: Widget, *, draft: bool = False) -> Bundle:
    """The page's script with the methods that are offered, and its style. Raises BuildError.

    A draft is not made smaller by terser, which takes ten times as long as esbuild.
    """
    npm = packages()
    with tempfile.TemporaryDirectory(prefix="payframe-") as folder:
        work = Path(folder).resolve()
        out = work / "out"
        registry, style = work / "methods.ts", work / "style.css"
        known = methods(widget.templates)
        registry.write_text(_registry({method: known[method] for method in widget.methods}))
        style.write_text(
            "".join(
                f"@import {json.dumps(str(sheet))};\n"
                for sheet in style_sheets(widget.templates, fields=bool(widget.loaded))
            )
        )
        _run(
            npm,
            "esbuild",
            *(f"main={SRC / 'main.ts'}", f"style={style}", f"--outdir={out}"),
            *(f"--metafile={work / 'meta.json'}", f"--alias:payframe/methods={registry}"),
            # So that a module of an integrator's own finds ours: payframe/view/dom.ts.
            f"--alias:payframe={SRC}",
            *("--bundle", "--minify", "--charset=utf8", "--legal-comments=none"),
            *("--format=iife", f"--target={BROWSERS}", "--log-level=warning"),
        )
        if not draft:
            _run(npm, "terser", str(out / "main.js"), "--output", str(out / "main.js"), *TERSER)
        outputs = json.loads((work / "meta.json").read_text())["outputs"]
        (inputs,) = [each["inputs"] for name, each in outputs.items() if name.endswith("main.js")]
        return Bundle(
            script=(out / "main.js").read_text("utf-8").strip(),
            style=(out / "style.css").read_text("utf-8").strip(),
            modules={
                (npm / name).resolve(): each["bytesInOutput"] for name, each in inputs.items()
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


def _run(folder: Path, tool: str, *arguments: str) -> None:
    """A tool from npm, at the version of deno.json."""
    try:
        run_deno(folder, "run", "--quiet", "--allow-all", "--frozen", f"npm:{tool}", *arguments)
    except BuildError as error:
        raise BuildError(f"Script and style cannot be bundled:\n{error}") from error
