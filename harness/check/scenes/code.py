"""Text that may become code: RETURN_URL is a script, and `eval` is watched.

`elements["return"]` is what would run the script; "script ran" is among the recording's `marks` if
something has. Nothing is clicked but what is named as a way back. `elements["code"]` is the text
that the page has run. `eval` is no longer the browser's own here and does not see the variables
around it, so nothing else can be judged in this scene.
"""

from typing import TYPE_CHECKING

from .foreign_return_url import BACK, FOLLOWING

if TYPE_CHECKING:
    from ..stage import Stage

URL = "javascript:void(window.payframeRan=1)"
WATCH = """(() => {
  const seen = window.payframeCode = [];
  // Called by the page: the browser's tools do so from a script without an address.
  const note = (code) => {
    const stack = new Error().stack ?? "";
    if (/https?:/.test(stack)) seen.push(String(code).slice(0, 300));
  };
  const watched = (real, kept) => new Proxy(real, {
    apply(target, self, given) {
      const made = Reflect.apply(target, self, given);
      kept(given);
      return made;
    },
    construct(target, given, wanted) {
      const made = Reflect.construct(target, given, wanted);
      kept(given);
      return made;
    },
  });
  const Real = Function;
  window.eval = watched(eval, ([code]) => typeof code === "string" && note(code));
  window.Function = watched(Real, (given) => note(given.at(-1) ?? ""));
  Real.prototype.constructor = window.Function;
  for (const name of ["setTimeout", "setInterval"]) {
    window[name] = watched(window[name], ([code]) => typeof code === "string" && note(code));
  }
})()"""


def play(stage: "Stage") -> None:
    stage.page.add_init_script(WATCH)
    stage.seller.tamper("message.BX_SYSTEM_PARAMS.RETURN_URL = argument", URL)
    stage.open()
    stage.find("code", "() => window.payframeCode")
    stage.find("return", FOLLOWING, URL)
    stage.seller.document.evaluate(BACK)
    stage.settle()
    if stage.seller.document.evaluate("() => window.payframeRan === 1"):
        stage.mark("script ran")
