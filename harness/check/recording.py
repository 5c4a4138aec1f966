"""What happened while the scenes of a visit were played: plain data, for rules and reports.

Times are in seconds since the scene began, also those of messages; sizes in CSS px.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..browser.messages import Message, Size


@dataclass(frozen=True)
class Box:
    """The box of the iframe, from a time on."""

    time: float
    size: Size


@dataclass(frozen=True)
class LongTask:
    """What a script of the frame did at a stretch, where it took more than 50 ms."""

    time: float
    seconds: float


Color = tuple[int, int, int, int]
"""Red, green, blue and alpha, 0 to 255."""


@dataclass(frozen=True)
class DrawnText:
    """A piece of text as it is drawn, or a field that the buyer writes into.

    `size` is the font's, `box` (left, top, right, bottom) in the frame; `opacity` is that of the
    element and all around it. `plain` is whether its colour is to be judged: it is neither covered
    nor disabled nor blended. `scrolls` is whether something around it scrolls sideways by itself.
    """

    text: str
    html: str
    size: float
    color: Color
    opacity: float
    box: tuple[float, float, float, float]
    plain: bool
    scrolls: bool


@dataclass(frozen=True)
class Looks:
    """How the frame's document is drawn.

    `blank` are points where its canvas is seen, or a letter on it; `background` is
    whether the document gives its canvas a background of its own.
    """

    texts: tuple[DrawnText, ...] = ()
    blank: tuple[tuple[int, int], ...] = ()
    background: bool = True


@dataclass(frozen=True)
class Moment:
    """The frame at one point of a scene, named by the scene.

    `viewport` is what the document has to itself, `scroll` how large it is when scrolled to its
    end, `content` where its lowest content ends; `below` is how much the paddings and margins
    around that come to, at most. `wide` is the HTML of the element that reaches farthest beyond
    the right edge, if any does. `surroundings` is the shop's colour around the frame.
    """

    name: str
    time: float
    frame: Size
    viewport: Size
    scroll: Size
    content: float
    below: float
    text: str
    wide: str | None
    picture: bytes = field(repr=False)
    looks: Looks = field(default=Looks(), repr=False)
    surroundings: Color = (255, 255, 255, 255)


@dataclass(frozen=True)
class Request:
    """One request of the frame. `status` is None where no answer came; then `failure` says why.

    `sent` is what went out besides the URL: header lines, then the body. `headers` are the
    answer's, their names in lower case; `received` is its body, where it was read. `type` is
    Playwright's: document, script, fetch, image, ...
    """

    url: str
    method: str
    type: str
    time: float
    status: int | None
    headers: dict[str, str]
    failure: str | None
    sent: str = ""
    received: str = ""


@dataclass(frozen=True)
class ConsoleLine:
    """`type` is Playwright's: error, warning, log, ... A script's own crash is not here."""

    type: str
    text: str
    time: float


@dataclass(frozen=True)
class Stop:
    """Where the focus is after a press of Tab.

    `name` is the element's tag with its id, type or label; `visible` is whether the focus
    has changed an outline, a shadow, a border or a colour of it, of its labels or close around it.
    """

    element: str
    name: str
    visible: bool


@dataclass(frozen=True)
class Link:
    """The beginning of a link's HTML, and what the sandbox kept from it: window, download."""

    element: str
    kind: str


@dataclass(frozen=True)
class Opening:
    """What came when something was opened that has a name, and the HTML `element`.

    `moment` is the name of the moment that shows it, `cut` the HTML of what came and is cut off at
    an edge where nothing scrolls. `dialog` is where what came and is fixed in the frame begins and
    ends, if anything is, and `in_sight` which part of the frame the window shows: top and bottom in
    the frame.
    """

    name: str
    element: str
    moment: str
    cut: tuple[str, ...]
    dialog: tuple[float, float] | None
    in_sight: tuple[float, float]


@dataclass
class Recording:
    """One scene. `trouble` is a sentence where it could not be played to its end.

    `times` are those of what the frame's side tells: "listener" (one for `message` was added),
    "late listener" (after the load, when the shop may have posted), "error" (each of `errors`),
    "change" (the document changed after a message, told at most ten times a second), "load",
    "document" (a new one began) and "download" (a script has clicked a link to save a file).
    `marks` are the times that the scene notes itself, and `moments` what it captures, by their
    names, in the order in which they came. `errors` are those that the frame's scripts did not
    catch, `documents` the URLs that it has shown; `left` is where the page has taken the whole
    window, away from the shop; `dialogs` are those of the browser that its scripts have opened, as
    "alert: text". `elements` is what the scene has looked for in the frame, by a name
    that the scene gives it: HTML, or what describes it. `bytes` is how much the answers came to,
    without their headers, where the scene measures it.
    """

    scene: str
    messages: list[Message] = field(default_factory=list)
    times: dict[str, list[float]] = field(default_factory=dict)
    marks: dict[str, float] = field(default_factory=dict)
    boxes: list[Box] = field(default_factory=list)
    tasks: list[LongTask] = field(default_factory=list)
    moments: dict[str, Moment] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    console: list[ConsoleLine] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    elements: dict[str, list[str]] = field(default_factory=dict)
    bytes: int = 0
    dialogs: list[str] = field(default_factory=list)
    popups: list[str] = field(default_factory=list)
    downloads: list[str] = field(default_factory=list)
    left: str | None = None
    trouble: str | None = None

    @property
    def shown(self) -> bool:
        """Whether the browser let the page into the frame and the scene was played to its end.

        Rules about what the page does have nothing to judge where it is False.
        """
        return (
            self.trouble is None
            and bool(self.documents)
            and self.documents[-1].startswith(("http://", "https://"))
        )

    @property
    def handshakes(self) -> list[Message]:
        """The platform's messages that arrived in the frame."""
        return [
            message
            for message in self.messages
            if message.to == "frame"
            and message.own
            and isinstance(message.data, dict)
            and "BX_SYSTEM_PARAMS" in message.data
        ]

    @property
    def sizes(self) -> list[Message]:
        """The frame's messages that change its size, as the platform reads them."""
        return [
            message
            for message in self.messages
            if message.to == "seller"
            and message.own
            and isinstance(message.data, dict)
            and any(pixels(message.data.get(name)) for name in ("width", "height"))
        ]

    def errors_from(self, start: float, end: float = math.inf) -> list[str]:
        """The errors between two times."""
        times = self.times.get("error", [])
        return [
            error for error, time in zip(self.errors, times, strict=True) if start <= time < end
        ]


def pixels(value: Any) -> float:
    """A width or height as the shop reads it, in CSS px; 0 where it cannot use it.

    It must be over 0 for parseInt, and a length once "px" is put behind it.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return 0
    try:
        size = float(value)
    except ValueError:
        return 0
    return size if math.isfinite(size) and size >= 1 else 0


def _origin(url: str) -> str:
    return "/".join(url.split("/")[:3])


_NUMBERS = re.compile(r"\d+")


@dataclass
class Visit:
    """All that was recorded of one page. `document` is its answer when opened by itself."""

    url: str
    document: Request
    seller: str
    recordings: dict[str, Recording]

    def __getitem__(self, scene: str) -> Recording:
        """The recording of a scene, which a rule has named among its SCENES."""
        return self.recordings[scene]

    def new_errors(self, scene: str, since: float = 0.0, end: float = math.inf) -> list[str]:
        """The errors of a scene that are none of the first load's, whatever numbers they name.

        Only those between two times.
        """
        known = {_NUMBERS.sub("#", error) for error in self["first_load"].errors}
        return [
            error
            for error in self[scene].errors_from(since, end)
            if _NUMBERS.sub("#", error) not in known
        ]

    @property
    def strayed(self) -> bool:
        """Whether the frame ends on another origin than ACTION_URI's: no message gets there."""
        documents = self["first_load"].documents
        return bool(documents) and _origin(documents[-1]) != _origin(self.url)

    def shown(self, scenes: Iterable[str]) -> bool:
        return all(self.recordings[scene].shown for scene in scenes)
