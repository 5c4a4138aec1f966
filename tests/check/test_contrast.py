"""How contrast is read from a picture."""

import io

import pytest
from payframe.harness.browser.messages import Size
from payframe.harness.check.contrast import canvas, contrast, contrasts
from payframe.harness.check.recording import Color, DrawnText, Looks, Moment
from PIL import Image, ImageDraw

BLACK: Color = (0, 0, 0, 255)
WHITE: Color = (255, 255, 255, 255)
BOX = (10.0, 10.0, 60.0, 30.0)


def moment(picture: Image.Image, looks: Looks) -> Moment:
    file = io.BytesIO()
    picture.save(file, "PNG")
    size = Size(*picture.size)
    return Moment("loaded", 0, size, size, size, 0, 0, "", None, file.getvalue(), looks)


def text(color: Color, *, opacity: float = 1, plain: bool = True) -> DrawnText:
    return DrawnText("Pay", "<p>Pay</p>", 16, color, opacity, BOX, plain, scrolls=False)


def ground(color: str) -> Image.Image:
    return Image.new("RGB", (80, 40), color)


def test_black_on_white_is_21_to_1_either_way() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, BLACK) == pytest.approx(21)
    assert contrast((118, 118, 118, 255), WHITE) == pytest.approx(4.54, abs=0.01)


def test_what_is_behind_a_text_comes_from_the_picture() -> None:
    looks = Looks(texts=(text(BLACK),))
    assert contrasts(moment(ground("white"), looks))[0][1] == pytest.approx(21)
    assert contrasts(moment(ground("black"), looks))[0][1] == pytest.approx(1)


def test_a_faded_text_has_less_contrast() -> None:
    looks = Looks(texts=(text((0, 0, 0, 128), opacity=0.5),))
    ((_, ratio),) = contrasts(moment(ground("white"), looks))
    assert 1 < ratio < 2


@pytest.mark.parametrize("shown", [text((0, 0, 0, 0)), text(WHITE, plain=False)])
def test_what_is_not_plainly_drawn_is_not_judged(shown: DrawnText) -> None:
    assert contrasts(moment(ground("white"), Looks(texts=(shown,)))) == []


def test_a_text_on_a_gradient_is_not_judged() -> None:
    picture = ground("white")
    draw = ImageDraw.Draw(picture)
    for x in range(80):
        draw.line((x, 0, x, 40), fill=(3 * x, 3 * x, 3 * x))
    assert contrasts(moment(picture, Looks(texts=(text(WHITE),)))) == []


def test_the_canvas_is_seen_between_the_letters() -> None:
    picture = ground("white")
    picture.putpixel((10, 10), (0, 0, 0))
    looks = Looks(blank=((10, 10), *((x, 20) for x in range(5, 75, 10))))
    assert canvas(moment(picture, looks)) == WHITE
    assert canvas(moment(picture, Looks(blank=((5, 5),)))) is None
