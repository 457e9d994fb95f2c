"""Letters that join, change places or are read from right to left, as Chromium draws them."""

import base64
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from mnistviz.drawing.fonts import face_of, typeface_file
from mnistviz.drawing.letters import ZWNJ
from mnistviz.drawing.matplotlib_renderer import own_settings, save_vector
from mnistviz.drawing.painter import Painter
from mnistviz.drawing.raster import rasterise
from mnistviz.drawing.scene import Scene, Text
from mnistviz.language.language import ENGLISH
from mnistviz.language.typefaces import DEJAVU, Fonts
from mnistviz.report.style import Area, Board, paper
from typefaces import installed

SIZE = 100  # pixels of the letters
ALIKE = 0.9  # of the ink of both, so much is common

# A language and a text of it; a text that begins with what has another direction, or none.
SHAPED = {
    "ar": ("الأوزان لا تتغير", "٩٢٪ صحيحة", "Bag هي حقيبة 12"),
    "he": ("שָׁלוֹם עולם", "7 שלום abc", "3 מתוך 10 (נכון)"),
    "hi": ("हिन्दी क्षत्रिय", "किताब 12", "र्क श्री द्ध"),
    "ja": ("画像の数字", "カテゴリー 7"),
    "ko": ("숫자 그림",),
    "zh": ("数字图像 7",),
    "en": ("q\u0308 x\u0301", "Tr\u00a0f"),
}
CASES = [(language, text) for language, texts in SHAPED.items() for text in texts]


def fonts_of(language):
    return installed(language, right_to_left=language in ("ar", "he"))


def ours(text, fonts, bold=False):
    """Return which pixels of a text have ink, cut to it."""
    line = Text(SIZE, 2 * SIZE, text, SIZE, (255, 255, 255), bold)
    drawn = rasterise(Scene((1600, 3 * SIZE), (0, 0, 0), (line,), (), fonts))
    return cut(drawn[..., 0] > 127)


def chromiums(page, text, fonts, bold=False):
    """Return which pixels have ink where Chromium draws with the same typefaces."""
    dejavu = base64.b64encode(Path(typeface_file(bold)).read_bytes()).decode()
    families = [face_of(family.bold if bold else family.regular) for family in fonts.families]
    names = ", ".join(["ours", *(f'"{face.family_name}"' for face in families)])
    direction = "rtl" if fonts.right_to_left else "ltr"
    page.set_content(
        f"""<style>@font-face {{ font-family: ours; src: url(data:font/ttf;base64,{dejavu}); }}
        body {{ background: black; color: white; margin: {SIZE}px; white-space: pre;
        text-align: left; font: {"bold" if bold else "normal"} {SIZE}px {names};
        font-synthesis: none; }}</style><body dir="{direction}"><p></p>"""
    )
    page.evaluate("text => document.querySelector('p').textContent = text", text)
    page.evaluate("() => document.fonts.ready")
    shot = Image.open(io.BytesIO(page.screenshot())).convert("L")
    return cut(np.asarray(shot) > 127)


def cut(ink):
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def common(one, other):
    """Return the share of the ink of two pictures that both have, at the best of near places."""
    shape = np.max([one.shape, other.shape], axis=0) + 4
    fixed = np.zeros(shape, bool)
    fixed[2 : 2 + one.shape[0], 2 : 2 + one.shape[1]] = one
    best = 0.0
    for down in range(shape[0] - other.shape[0] + 1)[:5]:
        for right in range(shape[1] - other.shape[1] + 1)[:5]:
            moved = np.zeros(shape, bool)
            moved[down : down + other.shape[0], right : right + other.shape[1]] = other
            best = max(best, (fixed & moved).sum() / (fixed | moved).sum())
    return best


@pytest.fixture(scope="module")
def page(browser):
    with browser.new_context(viewport={"width": 1600, "height": 400}) as context:
        yield context.new_page()


@pytest.mark.parametrize(("language", "text"), CASES)
def test_a_text_is_shaped_and_ordered_as_chromium_does(page, language, text):
    fonts = fonts_of(language)
    assert common(ours(text, fonts), chromiums(page, text, fonts)) > ALIKE


@pytest.mark.parametrize(("language", "text"), [("ar", "مرحبا"), ("hi", "हिन्दी"), ("hi", "क्षत्रिय")])
def test_letters_that_are_not_shaped_would_be_noticed(page, language, text):
    fonts = fonts_of(language)
    apart = ours(ZWNJ.join(text), fonts)
    assert common(apart, chromiums(page, text, fonts)) < 0.6


@pytest.mark.parametrize("text", ["7 שלום abc", "12 (א)"])
def test_the_wrong_direction_would_be_noticed(page, text):
    fonts = fonts_of("he")
    assert common(ours(text, DEJAVU), chromiums(page, text, fonts)) < 0.6


def scenes(language, place):
    """Return a scene of a text that is static, and one in which it changes."""
    fonts, colours = fonts_of(language), ((243, 244, 245), (14, 17, 22))
    lines = tuple(
        Text(x, 40 + 60 * row, text, 20 + 20 * bold, colours[0], bold, align)
        for row, text in enumerate(SHAPED[language])
        for x, bold, align in ((11 + place, False, "left"), (989, True, "right"))
    )
    return (
        Scene((1000, 240), colours[1], lines, (), fonts),
        Scene((1000, 240), colours[1], (), lines, fonts),
    )


@pytest.mark.parametrize("language", ["ar", "he", "hi"])
@pytest.mark.parametrize("place", [0, 1])
def test_the_painter_paints_a_text_that_is_shaped_as_it_is_drawn(language, place):
    static, changing = scenes(language, place)
    painter = Painter(scenes(language, 1 - place)[1], "rgb24")
    painter.paint(scenes(language, 1 - place)[1])
    np.testing.assert_array_equal(painter.paint(changing), rasterise(static))


# What scores and shares are written as, and what is drawn of them from left to right.
@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("12.5", "12.5"),
        ("\N{LEFT-TO-RIGHT MARK}−12.5", "−12.5"),
        ("−12.5", "12.5−"),
        ("12.5 %", "% 12.5"),
        ("\N{LEFT-TO-RIGHT MARK}(a) = b", "(a) = b"),
        ("(7)", "(7)"),
        ("٩٢٫٨", "٩٢٫٨"),  # noqa: RUF001
    ],
)
def test_the_painter_sets_numbers_in_a_text_from_right_to_left(text, seen):
    left, right = (Fonts(right_to_left=turned) for turned in (False, True))
    pictures = []
    for written, fonts in ((text, right), (seen, left)):
        line = Text(12, 120, written, SIZE, (255, 255, 255))
        scene = Scene((800, 200), (0, 0, 0), (), (line,), fonts)
        pictures += [Painter(scene, "rgb24").paint(scene), rasterise(scene)]
    *others, last = [cut(picture[..., 0] > 127) for picture in pictures]
    assert min(common(other, last) for other in others) > ALIKE


def test_the_painter_sets_japanese_letters_one_by_one_where_they_are_drawn():
    fonts = fonts_of("ja")
    for bold in (False, True):
        line = Text(12, 60, "画像の数字", 40, (255, 255, 255), bold)
        scene = Scene((400, 100), (0, 0, 0), (), (line,), fonts)
        np.testing.assert_array_equal(Painter(scene, "rgb24").paint(scene), rasterise(scene))


@pytest.mark.parametrize("language", ["ar", "he", "hi", "ja"])
def test_an_svg_has_the_letters_of_the_picture(page, language):
    static, _ = scenes(language, 0)
    buffer = io.BytesIO()
    save_vector(static, buffer, "svg")
    page.set_content(f"<body style='margin: 0'>{buffer.getvalue().decode()}")
    shot = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("L"))
    ink = shot[: static.size[1], : static.size[0]] > 127
    assert common(cut(ink), cut(rasterise(static)[..., 0] > 127)) > ALIKE


@pytest.mark.parametrize("look", [{}, {"ha": "center", "weight": "bold"}, {"ha": "right"}])
def test_a_report_writes_letters_of_another_typeface_in_the_place_of_others(look):
    boxes = []
    for text, fonts in (("हिन्दी 7", fonts_of("hi")), ("Bag of 7", DEJAVU)):
        with own_settings():
            figure = paper(6, 2)
            board = Board(figure, Area(0, 0, 6, 2), replace(ENGLISH, fonts=fonts))
            board.write(3, 1, text, 40, **look)
            canvas = FigureCanvasAgg(figure)
            canvas.draw()
        ink = np.asarray(canvas.buffer_rgba())[..., 0] < 128
        columns, pixels = np.flatnonzero(ink.any(axis=0)), ink.shape[1] / 6
        width = board.inches(text, 40, "weight" in look)
        start = 3 - {"center": 0.5, "right": 1}.get(look.get("ha"), 0) * width
        assert columns[0] / pixels == pytest.approx(start, abs=0.08)
        assert columns[-1] / pixels == pytest.approx(start + width, abs=0.08)
        boxes.append(ink.any(axis=1).nonzero()[0])
    assert abs(boxes[0][-1] - boxes[1][-1]) < 0.2 * pixels


def test_letters_of_another_typeface_are_not_cut_off_at_the_edge_of_a_panel():
    drawn = []
    for height in (2, 1):  # the text stands on the lower edge of the second
        with own_settings():
            figure = paper(6, 2)
            board = Board(figure, Area(0, 0, 6, height), replace(ENGLISH, fonts=fonts_of("hi")))
            board.write(3, 1, "हिन्दी 7", 40)
            canvas = FigureCanvasAgg(figure)
            canvas.draw()
        drawn.append(np.asarray(canvas.buffer_rgba()))
    np.testing.assert_array_equal(*drawn)


@pytest.mark.parametrize("mark", ["\N{RIGHT-TO-LEFT MARK}", "\N{FIRST STRONG ISOLATE}"])
def test_marks_of_direction_take_no_room_and_are_not_seen(mark):
    np.testing.assert_array_equal(ours(f"a{mark}b", DEJAVU), ours("ab", DEJAVU))
