"""The contrast of a text with what is behind it, by the colours on the picture.

Only the picture shows what is behind a text in a transparent frame: the shop's colour, or the
canvas that the browser paints where frame and shop differ in their colour scheme.
"""

import io
from collections import Counter

from PIL import Image

from .recording import Color, DrawnText, Moment

SHARE = 0.4
"""Of a text's box, the least that has to be of one colour for this to be its background."""
MANY = 5
"""Points that have to be of one colour for this to be the canvas's."""


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def contrasts(moment: Moment) -> list[tuple[DrawnText, float]]:
    """Every text that can be judged with its contrast ratio.

    Not judged are texts on pictures and gradients, and what is disabled.
    """
    picture = _open(moment)
    found = []
    for text in moment.looks.texts:
        alpha = text.color[3] / 255 * text.opacity
        if not text.plain or alpha == 0:
            continue
        if behind := _most(picture, text):
            found.append((text, contrast(_over(text.color, alpha, behind), behind)))
    return found


def canvas(moment: Moment) -> Color | None:
    """The colour behind everything in the frame, None where hardly any of it is to be seen."""
    picture = _open(moment)
    seen = Counter(
        picture.getpixel(point)
        for point in moment.looks.blank
        if point[0] < picture.width and point[1] < picture.height
    )
    for found, count in seen.most_common(1):
        if count >= MANY and isinstance(found, tuple):
            return (int(found[0]), int(found[1]), int(found[2]), 255)
    return None


def _open(moment: Moment) -> Image.Image:
    return Image.open(io.BytesIO(moment.picture)).convert("RGB")


def _most(picture: Image.Image, text: DrawnText) -> Color | None:
    """The colour that fills most of a text's box."""
    left, top, right, bottom = (round(side) for side in text.box)
    box = (max(left, 0), max(top, 0), min(right, picture.width), min(bottom, picture.height))
    size = (box[2] - box[0]) * (box[3] - box[1])
    if box[2] <= box[0] or box[3] <= box[1]:
        return None
    colors = picture.crop(box).getcolors(size) or []
    count, found = max(colors, default=(0, None))
    if count < SHARE * size or not isinstance(found, tuple):
        return None
    return (int(found[0]), int(found[1]), int(found[2]), 255)


def _over(color: Color, alpha: float, behind: Color) -> Color:
    red, green, blue = (
        round(front * alpha + back * (1 - alpha))
        for front, back in zip(color[:3], behind[:3], strict=True)
    )
    return (red, green, blue, 255)


def _luminance(color: Color) -> float:
    red, green, blue = (_linear(channel / 255) for channel in color[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
