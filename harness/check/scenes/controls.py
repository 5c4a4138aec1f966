"""What a buyer can press: first with Tab, from the frame's beginning to its end, then links.

Every place where the focus stands is among the recording's `stops`, at most MOST of them.
`elements["unreached"]` is the HTML of what a mouse can press and the focus never came to, where the
focus has left the frame at its end; `elements["kept"]` where it has not, and went around in a
circle.

Then links to a new window and downloads are clicked, at most MOST_LINKS; those that the sandbox
has blocked are the recording's `links`. Nothing else is clicked: no payment is made.
"""

from typing import TYPE_CHECKING

from ..recording import Link, Stop

if TYPE_CHECKING:
    from ..stage import Stage

MOST = 40
MOST_LINKS = 5
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
  window.payframeReached = new Set();
  document.activeElement?.blur?.();
}"""
FOCUSED = """() => {
  const element = document.activeElement;
  if (!document.hasFocus() || !element || element === document.body) return null;
  payframeReached.add(element);
  const label = element.labels?.[0]?.innerText ?? element.getAttribute("aria-label")
    ?? element.innerText ?? "";
  return {
    element: element.outerHTML.slice(0, 300),
    name: [element.localName, element.id || element.name || element.type, label.trim()]
      .filter(Boolean).join(" ").slice(0, 80),
    visible: payframeLooks.get(element) !== payframeLook(element),
  };
}"""

# What arrow keys reach, one of a group for all, is left out, and what only wraps something reached.
UNREACHED = """() => {
  const groups = "[role=radiogroup],[role=tablist],[role=menu],[role=menubar],[role=listbox]," +
    "[role=tree],[role=grid],[role=toolbar]";
  const reached = [...payframeReached];
  const sameGroup = (element) => element.type === "radio" && reached.some(
    (each) => each.type === "radio" && each.name === element.name && each.form === element.form
  );
  const roles = "[role=button],[role=link],[role=checkbox],[role=switch],[role=textbox]";
  const controls = "a[href],button,input:not([type=hidden]),select,textarea,summary," + roles;
  return [...document.querySelectorAll("*")].filter((each) => {
    const pressed = typeof each.onclick === "function" && !each.matches("label,body,html,form");
    return (each.matches(controls) || pressed) && !payframeReached.has(each) &&
      each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      each.getClientRects().length && !each.matches(":disabled,[aria-disabled=true]") &&
      !each.closest(`[inert],[aria-hidden=true],${groups}`) && !sameGroup(each) &&
      !reached.some((other) => each.contains(other) || other.contains(each)) &&
      !(each.id && reached.some((other) => other.getAttribute("aria-controls") === each.id));
  }).map((each) => each.outerHTML.slice(0, 300));
}"""
AROUND = """(most) => payframeReached.size * 2 <= most
  ? [...payframeReached].map((each) => each.outerHTML.slice(0, 300)) : []"""
BLUR = "() => { window.payframeFocused = document.activeElement; payframeFocused.blur(); }"
FOCUS = "() => payframeFocused.focus()"
LINKS = """() => {
  const own = ["", "_self", "_parent", "_top", window.name.toLowerCase()];
  for (const { name } of document.querySelectorAll("iframe[name]")) own.push(name.toLowerCase());
  const standard = document.querySelector("base[target]")?.target ?? "";
  const opens = ({ target }) => !own.includes((target || standard).toLowerCase());
  const saves = (link) => link.hasAttribute("download") &&
    (link.origin === location.origin || /^(blob|data):/.test(link.href));
  window.payframeLinks = [...document.querySelectorAll("a[href], area[href]")]
    .filter((link) => opens(link) || saves(link))
    .map((link) => ({ link, isDownload: saves(link) }));
  return payframeLinks.map(({ link }) => link.outerHTML.slice(0, 300));
}"""
# Not every Chromium says that it has blocked a download, but it blocks each that the page lets go.
CLICK = """(n) => {
  const { link, isDownload } = payframeLinks[n];
  let goes = true;
  const note = (event) => { goes = !event.defaultPrevented; };
  addEventListener("click", note, { once: true });
  link.click();
  removeEventListener("click", note);
  return isDownload && goes;
}"""
BLOCKED = "Blocked opening"
"""How Chromium says on its console that it has opened no window."""


def play(stage: "Stage") -> None:
    stage.open()
    press_tab(stage)
    click_links(stage)


def press_tab(stage: "Stage") -> None:
    document = stage.seller.document
    document.evaluate(REST)
    stage.seller.iframe.focus()
    for _ in range(MOST):
        stage.page.keyboard.press("Tab")
        found = document.evaluate(FOCUSED)
        if found is None:
            stage.find("unreached", UNREACHED)
            return
        found["visible"] = found["visible"] or looks_other(stage)
        stage.recording.stops.append(Stop(**found))
    stage.find("kept", AROUND, MOST)


def looks_other(stage: "Stage") -> bool:
    """Whether the focus is to be seen at all: a style of some other element may show it."""
    focused = picture(stage)
    stage.seller.document.evaluate(BLUR)
    blurred = picture(stage)
    stage.seller.document.evaluate(FOCUS)
    return focused != blurred


def picture(stage: "Stage") -> bytes:
    return stage.seller.iframe.screenshot(animations="disabled", caret="hide")


def click_links(stage: "Stage") -> None:
    document = stage.seller.document
    for number, html in enumerate(document.evaluate(LINKS)[:MOST_LINKS]):
        told = len(stage.recording.console)
        if document.evaluate(CLICK, number):
            stage.recording.links.append(Link(html, "download"))
        stage.settle()
        if any(line.text.startswith(BLOCKED) for line in stage.recording.console[told:]):
            stage.recording.links.append(Link(html, "window"))
