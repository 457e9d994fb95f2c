"""A film may open with its first image explained, step by step."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

import mnistviz
from alike import assert_alike, converted
from boxes import box, overlap
from composers import composer_of, moments_of
from frames import Decoded, decode
from mnistviz import Encoding, PictureConfig, Selection, Timing
from mnistviz.drawing.painter import Painter
from mnistviz.drawing.raster import rasterise, text_width
from mnistviz.drawing.scene import Cell, Rectangle, Text
from mnistviz.drawing.theme import signed_grey, theme_of
from mnistviz.errors import LayoutError, OptionError
from mnistviz.film.introduction import (
    MARKS,
    MIN_TEXT,
    SENTENCES,
    Introduction,
    check_sentences,
    filled,
    read_sentences,
)
from mnistviz.formats.timeline import Timeline
from mnistviz.language.typefaces import DEJAVU

SMALL = PictureConfig((640, 360))
PICTURES = 60  # ten a step, of which six move


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


def test_each_step_has_its_sentence_and_shows_one_cell_until_the_columns_come(composer, moment):
    scenes = scenes_of(composer, moment)
    assert len(scenes) == PICTURES
    legend = 1 if composer.layout.legend else 0
    cells = [count(scene, Cell) - legend for scene in scenes[9::10]]
    assert cells == [1, 1, 1, 1, 30, 30]
    sentences = (
        "An image of 28×28 pixels, from black to white",
        "Weights of a class: light is for it, dark against",
        "Pixel × weight: what each pixel adds or takes",
        "All products, added up with a bias, are the score",
        "Each class has its own weights, and its own score",
        "The highest score wins: predicted 6, true 5 ✗",
    )
    for scene, sentence in zip(scenes[9::10], sentences, strict=True):
        assert sentence in texts(scene)
    for scene, said in zip(scenes[9::10], ("digit", "weights of 6"), strict=False):
        assert said in texts(scene)


def test_the_sentences_fit_the_look_and_an_image_without_label(digits, trained, moment):
    picture = PictureConfig((640, 360), weights="diverging")
    own = replace(moment, shown=replace(moment.shown, label=None))
    scenes = scenes_of(composer_of(digits, trained.model, picture), own)
    shown = [text for scene in scenes[5::10] for text in texts(scene)]
    assert "Weights of a class: blue is for it, red against" in shown
    assert "The highest score wins: predicted 6" in shown


def large(scene):
    """Return the levels of the large cell."""
    *_, cell = (each for each in scene.changing if isinstance(each, Cell))
    return cell.levels.astype(int)


def levels_of(values, composer):
    return signed_grey(values, composer.scales.weight).reshape(28, 28).astype(int)


def test_the_large_cell_is_the_image_then_the_weights_then_their_product(composer, moment, trained):
    scenes, weights = scenes_of(composer, moment), trained.model.weights[:, 6]
    assert (large(scenes[9]) == moment.shown.image).all()
    assert (large(scenes[19]) == levels_of(weights, composer)).all()
    assert (large(scenes[29]) == levels_of(weights * moment.pixels, composer)).all()
    assert (large(scenes[3])[:14] == moment.shown.image[:14]).all()  # half of its rows are there
    assert (large(scenes[3])[14:] == 0).all()
    sliding = large(scenes[13])  # half of the weights have slid over the image
    assert (sliding[:, :14] == moment.shown.image[:, :14]).all()
    assert (sliding[:, 14:] == levels_of(weights, composer)[:, :14]).all()


def test_one_pixel_its_weight_and_their_product_step_out_as_squares_and_numbers(
    composer, moment, trained
):
    scene, weights = scenes_of(composer, moment)[29], trained.model.weights[:, 6]
    line = next(text for text in texts(scene) if " = " in text and text[0].isdigit())
    pixel, weight, product = map(float, line.replace("−", "-").replace("×", "=").split("="))
    assert product == pytest.approx(pixel * weight, abs=0.01)
    near = np.abs(moment.pixels - pixel) + np.abs(weights - weight)
    place = int(near.argmin())
    assert near[place] <= 0.011
    signed = levels_of(weights, composer).ravel()[place]
    product_level = levels_of(weights * moment.pixels, composer).ravel()[place]
    greys = {round(255 * float(moment.pixels[place])), int(signed), int(product_level)}
    shown = {each.colour for each in scene.changing if isinstance(each, Rectangle)}
    assert {(level,) * 3 for level in greys} <= shown


def test_the_squares_of_one_pixel_have_a_frame_on_every_side(composer, moment):
    scene = scenes_of(composer, moment)[29]
    drawn, line = rasterise(scene), theme_of(SMALL).line
    squares = [e for e in scene.changing if isinstance(e, Rectangle) and e.width == e.height]
    assert len(squares) == 3
    for x, y, side, *_ in squares:
        middle = side // 2
        around = [(y - 1, x + middle), (y + side, x + middle), (y + middle, x - 1)]
        for row, column in [*around, (y + middle, x + side)]:
            assert tuple(drawn[row, column]) == line


def test_products_are_pale_until_they_are_in_the_sum_and_the_bar_grows_with_it(
    composer, moment, trained
):
    scenes, model = scenes_of(composer, moment), trained.model
    whole = levels_of(model.weights[:, 6] * moment.pixels, composer)
    half = large(scenes[33])
    assert (half[:14] == whole[:14]).all()
    below = np.abs(whole[14:] - 128)
    assert below.max() > 40
    assert np.abs(half[14:] - 128).max() < below.max() / 3
    added = moment.pixels[:392] @ model.weights[:392, 6] + model.bias[6]
    sums = model.bias[6], added, model.logits(moment.pixels)[6]
    bars = []
    for scene, total in zip((scenes[30], scenes[33], scenes[39]), sums, strict=True):
        assert f"score {written(total)}" in texts(scene)
        bar = [e for e in scene.changing if isinstance(e, Rectangle) and e.height != 2]
        bars.append((bar[0].height if bar else 0) / max(0.1, abs(total)))
    assert bars[1] == pytest.approx(bars[2], abs=0.6)  # pixels a unit of score


def test_the_columns_follow_one_after_the_other_the_explained_one_first(composer, moment):
    scenes = scenes_of(composer, moment)
    names = [{*texts(scene)} & {*"0123456789"} for scene in scenes[40:50]]
    first = next(name for name in names if name)
    assert "6" in first
    assert all(one <= other for one, other in itertools.pairwise(names))
    assert names[-1] == {*"0123456789"}


def test_the_dotted_line_rises_to_the_winner(composer, moment):
    scenes = scenes_of(composer, moment)
    lines = [
        [e.y for e in scene.changing if isinstance(e, Rectangle) and e.dash]
        for scene in scenes[51:57]
    ]
    heights = [min(line) for line in lines if line]  # at first bars and numbers may be in its way
    assert heights == sorted(heights, reverse=True)
    assert len({*heights}) > 2


def test_while_nothing_changes_a_scene_is_the_same_object(composer, moment):
    scenes = scenes_of(composer, moment)
    for step in range(6):
        assert len({id(scene) for scene in scenes[10 * step + 6 : 10 * step + 10]}) == 1
        assert len({id(scene) for scene in scenes[10 * step : 10 * step + 6]}) > 5


def written(value):
    text = f"{value:+.1f}".replace("-", "−")
    return "0.0" if text[1:] == "0.0" else text


def test_true_and_predicted_class_are_marked_only_at_the_end(composer, moment):
    accents = theme_of(SMALL).accents
    scenes = scenes_of(composer, moment)
    for picture in range(0, PICTURES, 3):
        colours = {getattr(element, "colour", None) for element in scenes[picture].elements}
        assert (accents.wrong in colours) is (picture >= 56)
        assert (accents.true in colours) is (picture >= 56)


@pytest.mark.parametrize("weights", ["gray", "diverging"])
@pytest.mark.parametrize("size", [(640, 360), (1080, 1080), (1080, 1920), (1920, 1080)])
def test_nothing_that_moves_beside_the_large_cell_meets_another(
    digits, trained, moment, size, weights
):
    picture = PictureConfig(size, weights=weights)
    for scene in scenes_of(composer_of(digits, trained.model, picture), moment)[3:40:6]:
        boxes = [(each, box(each)) for each in scene.changing]
        for (one, first), (other, second) in itertools.combinations(boxes, 2):
            assert not overlap(first, second), (one, other)
        for element, (left, top, right, bottom) in boxes:
            assert 0 <= left <= right <= size[0], element
            assert 0 <= top <= bottom <= size[1], element


@pytest.mark.parametrize(
    "picture",
    [
        SMALL,
        PictureConfig((360, 640), "light"),
        PictureConfig((640, 360), weights="diverging"),
    ],
)
def test_the_painter_paints_what_matplotlib_draws_at_every_step(digits, trained, moment, picture):
    scenes = scenes_of(composer_of(digits, trained.model, picture), moment)
    for place in (3, 13, 25, 33, 42, 45, 53, 59):
        painted = Decoded(Painter(scenes[place]).paint(scenes[place]).copy(), picture.size)
        assert_alike(painted, converted(rasterise(scenes[place])), scenes[place])


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (1080, 1080), (1920, 1080)])
def test_every_sentence_stays_in_the_frame(digits, trained, moment, size):
    composer = composer_of(digits, trained.model, PictureConfig(size))
    for text in Introduction(composer, moment, SENTENCES, PICTURES).texts():
        assert text.size >= 9
        assert text.x + text.size * text_width(text.text, True) <= size[0]


@pytest.mark.parametrize(
    ("intro", "message"),
    [
        (SENTENCES[1:], r"six sentences \(got a tuple\)"),
        ("six words", r"a tuple of texts \(got 'six words'\)"),
        ((*SENTENCES[1:], 7), r"a tuple of texts \(got a tuple\)"),
    ],
)
def test_what_are_no_six_sentences_is_refused(digits, trained, tmp_path, intro, message):
    with pytest.raises(OptionError, match=f"^intro must be {message}"):
        mnistviz.render(digits, trained, tmp_path / "v.mp4", picture=SMALL, intro=intro)


def test_a_sentence_that_could_not_be_read_is_refused_before_anything_is_written(
    digits, trained, tmp_path
):
    intro = ("long " * 40, *SENTENCES[1:])
    with pytest.raises(LayoutError, match="shorten 'long long"):
        mnistviz.render(digits, trained, tmp_path / "v.mp4", picture=SMALL, intro=intro)
    assert list(tmp_path.iterdir()) == []


def test_a_film_with_an_introduction_is_24_seconds_longer_and_ends_alike(digits, trained, tmp_path):
    half, whole = Timing(0.5), Timing(duration=25)
    plain, opened, limited = (
        mnistviz.render(
            *(digits, trained, tmp_path / f"{name}.mp4"),
            *(Selection(2), timing, Encoding(4, quality="draft"), SMALL),
            intro=intro,
        )
        for name, timing, intro in (
            *(("a", half, ()), ("b", half, SENTENCES), ("c", whole, SENTENCES)),
        )
    )
    assert opened.seconds == plain.seconds + 24
    assert limited.path.read_bytes() == opened.path.read_bytes()  # 25 s, introduction included
    assert (opened.images, opened.right) == (plain.images, plain.right)
    a, b = (decode(film.path, SMALL.size) for film in (plain, opened))
    assert len(b) == len(a) + 96
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
    path.write_text(
        "Ein Bild\n\nGewichte\nProdukt\nSumme\nAlle\n{predicted} statt {true}\n", "utf-8"
    )
    sentences = read_sentences(path)
    assert sentences[1:4] == ("Gewichte", "Produkt", "Summe")
    facts = dict.fromkeys(MARKS, "") | {"predicted": "6", "true": "{noun}"}
    assert filled("{true} {0} {x.y}", facts) == "{noun} {0} {x.y}"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"one\ntwo\n", "expected 6 lines.*got 2"),
        (b"\xff" * 6, "cannot read the introduction"),
        ("a\nb\nc\nd\ne\n日本\n".encode(), "日, 本; name one that has them with --font"),
        (b"a\nb\nc\nd\ne\n" + b"x" * 300, "at most 200 characters"),
        (b"a\nb\nc\nd\n" + b"x" * 20_000, "at most 10,000 bytes"),
        (b"a\nb\x1b[31m\nc\nd\ne\nf", "cannot be drawn"),
        (None, "cannot read the introduction"),
    ],
)
def test_a_file_that_is_no_introduction_is_refused(tmp_path, content, message):
    path = tmp_path / "intro.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(OptionError, match=message):
        check_sentences(read_sentences(path), DEJAVU)


@pytest.mark.parametrize("fits", [True, False])
def test_a_sentence_has_nine_pixels_at_least(composer, moment, fits):
    least = composer.layout.progress.width / MIN_TEXT
    longest = next(n for n in range(500) if text_width("i" * (n + 1), True) > least)
    words = "i" * (longest if fits else longest + 1)
    opening = Introduction(composer, moment, (words,) * 6, PICTURES)
    if fits:
        assert {text.size for text in opening.texts()} == {MIN_TEXT}
    else:
        with pytest.raises(LayoutError, match="the introduction is too long for 640x360"):
            opening.texts()
