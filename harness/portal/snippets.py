"""A call of the log as code that makes it again, in the languages of most integrators.

Secrets are masked in it as everywhere: who pastes it puts a token of their own in their place.
"""

import json
import shlex
from collections.abc import Mapping
from pprint import pformat
from types import MappingProxyType
from typing import Any

from .log import Entry

JSON = "application/json"


def snippets(call: Entry) -> dict[str, str]:
    """Name of a language -> code."""
    headers = {
        name: value for name, value in call.headers.items() if name in ("authorization", "accept")
    }
    if headers.get("accept") == "*/*":
        del headers["accept"]
    address, params = call.address, None
    if call.verb == "POST":
        # Query and body were merged, and are sent as one.
        address, params = call.address.partition("?")[0], _read(call.request)
    return code_of(address, params, headers)


def code_of(
    address: str, params: Any, headers: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """A call with parameters, a GET where they are None: name of a language -> code."""
    return {
        "curl": _curl(address, headers, params),
        "Python": _python(address, headers, params),
        "PHP": _php(address, headers, params),
        "JavaScript": _javascript(address, headers, params),
    }


def _read(request: str) -> Any:
    """The parameters; of a request that was shortened, none."""
    try:
        return json.loads(request)
    except ValueError:
        return {}


def _curl(address: str, headers: Mapping[str, str], params: Any) -> str:
    words = ["curl"]
    for name, value in headers.items():
        words += ["--header", shlex.quote(f"{name}: {value}")]
    if params is not None:
        words += ["--json", shlex.quote(json.dumps(params, ensure_ascii=False))]
    return " ".join([*words, shlex.quote(address)])


def _python(address: str, headers: Mapping[str, str], params: Any) -> str:
    given = [repr(address)]
    if params is not None:
        given.append(f"json={pformat(params, width=88, sort_dicts=False)}")
    if headers:
        given.append(f"headers={dict(headers)!r}")
    arguments = ",\n".join(given).replace("\n", "\n    ")
    verb = "get" if params is None else "post"
    return f"import httpx\n\nanswer = httpx.{verb}(\n    {arguments},\n)\nprint(answer.json())"


def _php(address: str, headers: Mapping[str, str], params: Any) -> str:
    options = ["CURLOPT_RETURNTRANSFER => true"]
    lines = [f"{name}: {value}" for name, value in headers.items()]
    if params is not None:
        lines.append(f"Content-Type: {JSON}")
        options.append(f"CURLOPT_POSTFIELDS => {_quoted(json.dumps(params, ensure_ascii=False))}")
    if lines:
        options.append(f"CURLOPT_HTTPHEADER => [{', '.join(map(_quoted, lines))}]")
    body = "".join(f"    {option},\n" for option in options)
    return (
        f"<?php\n$call = curl_init({_quoted(address)});\n"
        f"curl_setopt_array($call, [\n{body}]);\necho curl_exec($call);"
    )


def _quoted(text: str) -> str:
    """A string of PHP that is taken as it is."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _javascript(address: str, headers: Mapping[str, str], params: Any) -> str:
    options = ""
    if params is not None:
        headers = {**headers, "content-type": JSON}
        body = json.dumps(params, indent=2, ensure_ascii=False).replace("\n", "\n  ")
        options += f'  method: "POST",\n  body: JSON.stringify({body}),\n'
    if headers:
        options += f"  headers: {json.dumps(dict(headers), ensure_ascii=False)},\n"
    given = json.dumps(address, ensure_ascii=False) + (f", {{\n{options}}}" if options else "")
    return f"const answer = await fetch({given});\nconsole.log(await answer.json());"
