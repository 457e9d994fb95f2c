"""A film may open with its first image explained, step by step."""

from dataclasses import replace

import numpy as np
import pytest

import mnistviz
from alike import assert_alike, converted
from composers import composer_of, moments_of
from frames import Decoded, decode
from mnistviz import Encoding, PictureConfig, Selection, Timing
from mnistviz.drawing.painter import Painter
from mnistviz.drawing.raster import rasterise, text_width
from mnistviz.drawing.scene import Cell, Text
from mnistviz.drawing.theme import theme_of
from mnistviz.errors import LayoutError, OptionError
from mnistviz.film.introduction import MARKS, SENTENCES, Introduction, filled, read_sentences
from mnistviz.formats.timeline import Timeline

SMALL = PictureConfig((640, 360))
PICTURES = 50  # ten a step


@pytest.fixture(scope="module")
def composer(digits, trained):
    return composer_of(digits, trained.model, SMALL)


@pytest.fixture(scope="module")
def moment(digits, trained):
    return moments_of(digits, trained.model, [8]).image(0)


def scenes_of(composer, moment, sentences=SENTENCES):
    opening = Introduction(composer, moment, sentences, PICTURES)
    held = zip(opening.scenes(), opening.frames, strict=True)
    return [scene for scene, frames in held for _ in range(frames)]


def count(scene, kind):
    return sum(isinstance(element, kind) for element in scene.elements)


def texts(scene):
    return [element.text for element in scene.elements if isinstance(element, Text)]


def test_the_rows_appear_one_after_the_other_each_with_its_sentence(composer, moment):
    scenes = scenes_of(composer, moment)
    assert len(scenes) == PICTURES
    cells = [count(scene, Cell) for scene in scenes[5::10]]
    assert cells == [10, 20, 30, 30, 30]
    sentences = (
        "Every class gets the same digit: 28×28 pixels",
        "Its weights: light is for the class, dark against",
        "Pixel × weight: what each pixel adds or takes",
        "Their sum, with a bias, gives the class's score",
        "The highest score wins: predicted 6, true 5 ✗",
    )
    for scene, sentence in zip(scenes[5::10], sentences, strict=True):
        assert sentence in texts(scene)
    assert "Σ" not in texts(scenes[25])
    assert "Σ" in texts(scenes[35])


def test_the_sentences_fit_the_look_and_an_image_without_label(digits, trained, moment):
    picture = PictureConfig((640, 360), weights="diverging")
    own = replace(moment, shown=replace(moment.shown, label=None))
    scenes = scenes_of(composer_of(digits, trained.model, picture), own)
    shown = [text for scene in scenes[5::10] for text in texts(scene)]
    assert "Its weights: blue is for the class, red against" in shown
    assert "Their sum, with a bias, gives the class's score" in shown
    assert "The highest score wins: predicted 6" in shown


def test_products_are_pale_until_they_are_in_the_sum(composer, moment):
    half, whole = (
        composer.opening(moment, 4, share, False, Text(0, 0, "x", 9, (0, 0, 0)))
        for share in (0.5, 1)
    )
    *_, shown = (cell for cell in half.changing if isinstance(cell, Cell))
    *_, full = (cell for cell in whole.changing if isinstance(cell, Cell))
    below = np.abs(full.levels[14:].astype(int) - 128)
    assert (shown.levels[:14] == full.levels[:14]).all()
    assert below.max() > 40
    assert np.abs(shown.levels[14:].astype(int) - 128).max() < below.max() / 3


def test_while_nothing_changes_a_scene_is_the_same_object(composer, moment):
    scenes = scenes_of(composer, moment)
    for step in (0, 1, 2, 4):
        assert len({id(scene) for scene in scenes[10 * step : 10 * step + 10]}) == 1
    assert len({id(scene) for scene in scenes[30:40]}) > 5


def test_the_products_add_up_into_the_bars_from_the_bias_to_the_score(composer, moment, trained):
    scenes = scenes_of(composer, moment)
    bias, full = trained.model.bias, trained.model.logits(moment.pixels)
    half = bias + moment.pixels[:392] @ trained.model.weights[:392]
    for scene, sums in ((scenes[30], bias), (scenes[33], half), (scenes[39], full)):
        assert {written(total) for total in sums} <= set(texts(scene))


def written(value):
    text = f"{value:+.1f}".replace("-", "−")
    return "0.0" if text[1:] == "0.0" else text


def test_true_and_predicted_class_are_marked_only_at_the_end(composer, moment):
    accents = theme_of(SMALL).accents
    scenes = scenes_of(composer, moment)
    for picture in range(0, PICTURES, 5):
        colours = {getattr(element, "colour", None) for element in scenes[picture].elements}
        assert (accents.wrong in colours) is (picture >= 40)
        assert (accents.true in colours) is (picture >= 40)


@pytest.mark.parametrize(
    "picture",
    [SMALL, PictureConfig((360, 640), "light")],
)
def test_the_painter_paints_what_matplotlib_draws_at_every_step(digits, trained, moment, picture):
    scenes = scenes_of(composer_of(digits, trained.model, picture), moment)
    for place in (5, 15, 25, 33, 45):
        painted = Decoded(Painter(scenes[place]).paint(scenes[place]).copy(), picture.size)
        assert_alike(painted, converted(rasterise(scenes[place])), scenes[place])


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (1080, 1080), (1920, 1080)])
def test_every_sentence_stays_in_the_frame(digits, trained, moment, size):
    composer = composer_of(digits, trained.model, PictureConfig(size))
    for text in Introduction(composer, moment, SENTENCES, PICTURES).texts():
        assert text.size >= 9
        assert text.x + text.size * text_width(text.text, True) <= size[0]


def test_a_sentence_that_could_not_be_read_is_refused_before_anything_is_written(
    digits, trained, tmp_path
):
    intro = ("long " * 40, *SENTENCES[1:])
    with pytest.raises(LayoutError, match="shorten 'long long"):
        mnistviz.render(digits, trained, tmp_path / "v.mp4", picture=SMALL, intro=intro)
    assert list(tmp_path.iterdir()) == []


def test_a_film_with_an_introduction_is_20_seconds_longer_and_ends_alike(digits, trained, tmp_path):
    plain, opened = (
        mnistviz.render(
            *(digits, trained, tmp_path / f"{name}.mp4"),
            *(Selection(2), Timing(0.5), Encoding(4, quality="draft"), SMALL),
            intro=intro,
        )
        for name, intro in (("a", ()), ("b", SENTENCES))
    )
    assert opened.seconds == plain.seconds + 20
    assert (opened.images, opened.right) == (plain.images, plain.right)
    a, b = (decode(film.path, SMALL.size) for film in (plain, opened))
    assert len(b) == len(a) + 80
    assert np.abs(a[-1].luma.astype(int) - b[-1].luma).mean() < 1
    assert np.abs(b[10].luma.astype(int) - b[-1].luma).mean() > 3


def test_every_picture_of_the_introduction_is_on_for_its_time():
    timeline = Timeline(3, 0.5, 10, 0.2, lead=7)
    assert [timeline.start(n) for n in range(9)] == [*range(8), 12]
    assert timeline.frames == 7 + 15
    gif = Timeline(2, 1, 100, lead=3, lead_hold=10)
    assert [gif.start(n) for n in range(5)] == [0, 10, 20, 30, 130]


def test_sentences_from_a_file_are_read_and_filled(tmp_path):
    path = tmp_path / "deutsch.txt"
    path.write_text("Ein Bild\n\nGewichte\nProdukt\nSumme\n{predicted} statt {true}\n", "utf-8")
    sentences = read_sentences(path)
    assert sentences[1:4] == ("Gewichte", "Produkt", "Summe")
    facts = dict.fromkeys(MARKS, "") | {"predicted": "6", "true": "{noun}"}
    assert filled("{true} {0} {x.y}", facts) == "{noun} {0} {x.y}"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"one\ntwo\n", "expected 5 lines.*got 2"),
        (b"\xff" * 5, "cannot read the introduction"),
        ("a\nb\nc\nd\n日本\n".encode(), "cannot be drawn"),
        (b"a\nb\nc\nd\n" + b"x" * 300, "at most 200 characters"),
        (b"a\nb\nc\nd\n" + b"x" * 20_000, "expected 5 lines"),
        (b"a\nb\x1b[31m\nc\nd\ne", "cannot be drawn"),
        (None, "cannot read the introduction"),
    ],
)
def test_a_file_that_is_no_introduction_is_refused(tmp_path, content, message):
    path = tmp_path / "intro.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(OptionError, match=message):
        read_sentences(path)
