"""A buyer without a mouse: Tab from the frame's beginning to its end. Moments: loaded, focused.

Every place where the focus stands is among the recording's `stops`, at most MOST of them; the
moment focused is at the first.
"""

from ..recording import Stop
from ..stage import Stage

MOST = 40
REST = """() => {
  window.payframeLooks = new Map();
  // Of the element, its labels and what is close around it: a radio may be a styled label.
  window.payframeLook = (element) => {
    const around = [element, ...element.labels ?? []];
    for (let n = 0, each = element; n < 3 && (each = each.parentElement); n++) around.push(each);
    return around.map((each) => {
      const s = getComputedStyle(each);
      return [s.outline, s.boxShadow, s.borderColor, s.backgroundColor, s.color].join();
    }).join();
  };
  for (const each of document.querySelectorAll("*")) payframeLooks.set(each, payframeLook(each));
  document.activeElement?.blur?.();
}"""
FOCUSED = """() => {
  const element = document.activeElement;
  if (!document.hasFocus() || !element || element === document.body) return null;
  const label = element.labels?.[0]?.innerText ?? element.getAttribute("aria-label")
    ?? element.innerText ?? "";
  return {
    element: element.outerHTML.slice(0, 300),
    name: [element.localName, element.id || element.name || element.type, label.trim()]
      .filter(Boolean).join(" ").slice(0, 80),
    visible: payframeLooks.get(element) !== payframeLook(element),
  };
}"""


def play(stage: Stage) -> None:
    stage.open()
    stage.capture("loaded")
    document = stage.seller.document
    document.evaluate(REST)
    stage.seller.iframe.focus()
    for _ in range(MOST):
        stage.page.keyboard.press("Tab")
        found = document.evaluate(FOCUSED)
        if found is None:
            return
        stage.recording.stops.append(Stop(**found))
        if len(stage.recording.stops) == 1:
            stage.capture("focused")
