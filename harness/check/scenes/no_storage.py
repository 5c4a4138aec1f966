"""The browser lets the page store nothing, as many do in a frame of another site. Moment: loaded.

Access to its storage throws, cookies vanish.
"""

from ..stage import Stage

DENIED = "Access is denied for this document"
BLOCKED = f"""(() => {{
  if (window === top) return;
  const refuse = () => {{
    throw new DOMException("{DENIED}.", "SecurityError");
  }};
  for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {{
    Object.defineProperty(window, name, {{ get: refuse }});
  }}
  Object.defineProperty(document, "cookie", {{ get: () => "", set: () => {{}} }});
}})()"""


def play(stage: Stage) -> None:
    stage.page.add_init_script(BLOCKED)
    stage.open()
    stage.capture("loaded")
