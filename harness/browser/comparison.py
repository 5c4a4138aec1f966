"""Two pictures, and where an eye would see that they differ."""

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageChops, ImageMath

PALE = 0.85
"""How far what is alike fades to white in the picture of a difference."""
MARK = (214, 0, 92)
THRESHOLD = 0.1
"""Of colours, from 0 to 1, by default."""


@dataclass(frozen=True)
class Comparison:
    """`share` is how much of the picture differs, from 0 to 1, `sentence` says it in words;
    `picture` is a PNG of the expected one, faded, with the pixels that differ in a strong colour.
    """

    share: float
    sentence: str
    picture: bytes


def compare(expected: bytes, actual: bytes, threshold: float) -> Comparison:
    """Compare two PNGs. `threshold` is from 0 to 1, where 1 is the distance of black and white.

    Pictures of two sizes differ wherever only one of them is.
    """
    first, second = (
        Image.open(io.BytesIO(picture)).convert("RGB") for picture in (expected, actual)
    )
    size = (max(first.width, second.width), max(first.height, second.height))
    differing = Image.new("L", size, 255)
    common = (0, 0, min(first.width, second.width), min(first.height, second.height))
    differing.paste(_beyond(first.crop(common), second.crop(common), threshold), common)
    count = differing.histogram()[255]
    sentence = f"{count} of {size[0] * size[1]} pixels"
    if first.size != second.size:
        sentence = (
            f"it is {second.width} x {second.height} px now and was "
            f"{first.width} x {first.height} px"
        )
    return Comparison(count / (size[0] * size[1]), sentence, _drawn(first, differing))


def _beyond(first: Image.Image, second: Image.Image, threshold: float) -> Image.Image:
    """White where the colours are farther apart than the threshold, else black.

    The distance is taken in brightness and colour (YCbCr), as eyes do, not in red, green and blue.
    """
    apart = ImageChops.difference(first.convert("YCbCr"), second.convert("YCbCr"))
    brightness, blue, red = apart.split()
    limit = round((threshold * 255) ** 2)

    def far(of: dict[str, Any]) -> Any:
        squares = of["y"] * of["y"] + of["b"] * of["b"] + of["r"] * of["r"]
        return of["convert"]((squares > limit) * 255, "L")

    found: Image.Image = ImageMath.lambda_eval(far, y=brightness, b=blue, r=red)
    return found


def _drawn(expected: Image.Image, differing: Image.Image) -> bytes:
    canvas = Image.new("RGB", differing.size, "white")
    canvas.paste(Image.blend(expected, Image.new("RGB", expected.size, "white"), PALE))
    canvas.paste(MARK, mask=differing)
    png = io.BytesIO()
    canvas.save(png, "PNG")
    return png.getvalue()
