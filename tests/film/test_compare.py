"""Two or three models on the same images: as a still, a film and a report."""

import base64
import io
import json
import re
from dataclasses import replace
from itertools import takewhile

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

import mnistviz
import tracks
from alike import text_box
from elements import Elements
from frames import blocks, decode_rgb, grey, pixels_of
from mnistviz import Encoding, PictureConfig, Selection, Timing, Workers
from mnistviz.cli.app import cli
from mnistviz.datasets.dataset import as_pixels
from mnistviz.drawing.raster import rasterise
from mnistviz.drawing.scene import Text
from mnistviz.drawing.theme import THEMES
from mnistviz.errors import LayoutError, OptionError, OutputError
from mnistviz.film.stack import Stack, fitted
from mnistviz.model.kind import KINDS
from mnistviz.model.linear import LinearClassifier

NAMES = ("usual", "smooth")
HD, SMALL = PictureConfig(), PictureConfig(size=(960, 540))
QUICK, LOW = Timing(0.2, 0.1), Encoding(frame_rate=10)
ACCENTS = THEMES["dark"].accents


@pytest.fixture(scope="module")
def smooth(digits):
    """A model with weaker weights than the usual one."""
    return mnistviz.train(digits, config=mnistviz.TrainingConfig(smoothness=0.01, epochs=2))


@pytest.fixture(scope="module")
def compared(digits, trained, smooth):
    return mnistviz.compare(digits, [trained, smooth], names=NAMES).comparison


@pytest.fixture(scope="module")
def stack(digits, trained, smooth, compared):
    return Stack(digits, (trained.model, smooth.model), compared, HD, Selection())


@pytest.fixture(scope="module")
def little(small_digits):
    """A small set, and three models of it that differ."""
    data = mnistviz.load(str(small_digits))
    configs = [mnistviz.TrainingConfig(smoothness=s, epochs=3) for s in (0, 0.01, 0.3)]
    return data, [mnistviz.train(data, config=config) for config in configs]


# --- the picture


def region(picture, corner, cell):
    (x, y), (width, height) = corner, cell
    return picture[y : y + height, x : x + width].astype(float).mean(axis=2)


def test_all_models_cells_and_bars_are_on_one_scale(digits, stack, trained, smooth):
    picture = rasterise(stack.still(0))
    index = int(stack.indices[0])
    pixels = digits.test.images[index].astype(float) / 255
    models = [trained.model, smooth.model]
    full = np.percentile(np.abs(np.concatenate([m.weights.ravel() for m in models])), 99.5)
    bars = []
    for model, block in zip(models, fitted(digits, NAMES, HD)[1], strict=True):
        weights = model.weights.astype(float).T.reshape(10, 28, 28)
        scores = (weights * pixels).sum(axis=(1, 2)) + model.bias
        for number, lane in enumerate(block.layout.lanes):
            drawn = [
                blocks(region(picture, corner, block.layout.cell), block.layout.k)
                for corner in lane.cells
            ]
            expected = (
                255 * pixels,
                grey(weights[number], full),
                grey(weights[number] * pixels, full),
            )
            for part, levels in zip(drawn, expected, strict=True):
                assert np.abs(part.mean(axis=2) - levels).max() <= 1
            bars.append((bar_length(picture, lane), scores[number]))
    lengths, scores = np.array([bar for bar in bars if abs(bar[1]) < 12]).T  # whole ones
    assert len(lengths) > 15
    unit = (lengths @ scores) / (scores @ scores)
    assert unit > 2
    assert np.abs(lengths - unit * scores).max() <= 2  # a bar is a whole number of pixels long
    assert np.max(np.abs(smooth.model.weights)) < 0.9 * np.max(np.abs(trained.model.weights))


def bar_length(picture, lane):
    """Return how far a lane's bar reaches from the line at zero, with its sign."""
    room, inset = lane.bar.room, lane.bar.inset
    column = picture[room.y : room.y + room.height, room.x + inset + 2].tolist()
    bar = [[*colour] for colour in (THEMES["dark"].bar, ACCENTS.true, ACCENTS.wrong)]
    line = [*THEMES["dark"].line]
    first, last = column.index(line), len(column) - column[::-1].index(line)
    up, down = (
        len(list(takewhile(bar.__contains__, away)))
        for away in (column[:first][::-1], column[last:])
    )
    return up - down


def test_each_model_has_its_verdict_in_colour_and_the_true_class_stands_above(digits, stack):
    scene, (index, *_) = stack.still(0), stack.indices.tolist()
    texts = {each.text: each for each in scene.elements if isinstance(each, Text)}
    label = digits.test.labels[index]
    assert texts[f"true {label}"].colour == ACCENTS.true_text
    assert texts[f"image {index:,} of 10,000"]
    assert texts["the models disagree"]
    predicted = [of.predicted[index] for of in stack.comparison.evaluations]
    assert len(set(predicted)) == 2
    for name, number, of in zip(NAMES, predicted, stack.comparison.evaluations, strict=True):
        right = number == label
        verdict = texts[f"{'✓' if right else '✗'} predicted {number}"]
        assert verdict.colour == (ACCENTS.true_text if right else ACCENTS.wrong_text)
        assert texts[name].x == verdict.x
        accuracy = texts[f"accuracy {100 * of.accuracy:.1f} %"]
        assert accuracy.baseline > verdict.baseline
        assert verdict.size > 1.3 * accuracy.size
        assert texts[f"{100 * of.confidence[index]:.1f} %"]
        heading = texts[str(number)]
        assert heading.colour == verdict.colour
    differ = int(stack.comparison.disagreements.sum())
    footer = f"the models disagree on {differ} of 10,000 test digits · one scale for all models"
    assert footer in texts


def test_an_image_on_which_the_models_agree_is_said_to_be_one(stack):
    agreed = int(np.flatnonzero(~stack.comparison.disagreements)[0])
    scene = replace(stack, selection=Selection(indices=(agreed,))).still(0)
    assert "the models agree" in [e.text for e in scene.elements if isinstance(e, Text)]


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1080, 1080), (1080, 1920)])
@pytest.mark.parametrize("count", [2, 3])
def test_no_text_meets_another_and_all_are_in_the_frame(digits, trained, smooth, size, count):
    models = [trained, smooth, trained][:count]
    names = ("a model with a long name", "b", "another long name")[:count]
    picture = PictureConfig(size=size, title="A title")
    comparison = mnistviz.compare(digits, models, names=names).comparison
    networks = tuple(model.model for model in models)
    scene = Stack(digits, networks, comparison, picture, Selection()).still(0)
    taken = np.zeros(size[::-1], bool)
    for text in (each for each in scene.elements if isinstance(each, Text)):
        ink = ink_of(text, scene)
        for places, side in zip(ink, size[::-1], strict=True):
            assert 0 < places.min() <= places.max() < side - 1
        assert not taken[ink].any(), text
        taken[ink] = True


def ink_of(text, scene):
    """Return the rows and the columns of the pixels that a text covers."""
    left, top, right, bottom = (int(edge) for edge in text_box(text))
    left, top, size = left - 20, top - 20, (right - left + 40, bottom - top + 40)
    moved = text._replace(x=text.x - left, baseline=text.baseline - top)
    alone = replace(scene, size=size, static=(), changing=(moved,))
    rows, columns = np.nonzero((rasterise(alone) != scene.background).any(axis=2))
    return rows + top, columns + left


def test_what_does_not_fit_is_refused_with_a_size_that_does(digits, trained):
    with pytest.raises(LayoutError, match=r"^3 models for 10 classes") as refused:
        fitted(digits, ("a", "b", "c"), PictureConfig(size=(640, 360)))
    size = tuple(map(int, re.search(r"try (\d+)x(\d+)", str(refused.value)).groups()))
    assert fitted(digits, ("a", "b", "c"), PictureConfig(size=size))


# --- which images


def chosen(stack, **selection):
    return replace(stack, selection=Selection(**selection)).indices.tolist()


def test_what_the_models_disagree_on_comes_first_the_surest_first(stack):
    differ, (first, second) = stack.comparison.disagreements, stack.comparison.evaluations
    sure = np.minimum(first.confidence, second.confidence)
    total = int(differ.sum())
    shown = chosen(stack, count=total + 5)
    assert differ[shown].tolist() == total * [True] + 5 * [False]
    assert (np.diff(sure[shown[:total]]) <= 0).all()
    assert (np.diff(sure[shown[total:]]) <= 0).all()
    assert len(stack.indices) == 25


def test_other_orders_keep_disagreements_first_and_listed_images_stay_as_listed(stack):
    differ = stack.comparison.disagreements
    total = int(differ.sum())
    assert chosen(stack, order="file", count=total) == np.flatnonzero(differ).tolist()
    assert differ[chosen(stack, order="shuffled", count=total)].all()
    labels = stack.dataset.test.labels[chosen(stack, order="class", count=30)]
    assert (np.diff(labels) >= 0).all()
    assert len(set(labels.tolist())) > 5
    agreed, apart = int(np.flatnonzero(~differ)[0]), int(np.flatnonzero(differ)[0])
    assert chosen(stack, indices=(agreed, apart)) == [agreed, apart]
    assert chosen(stack, indices=(agreed, apart), order="file") == [apart, agreed]


def test_right_is_what_all_models_get_right(stack):
    hits = np.all([of.hits for of in stack.comparison.evaluations], axis=0)
    assert hits[chosen(stack, only="right")].all()
    assert not hits[chosen(stack, only="wrong")].any()
    assert (stack.dataset.test.labels[chosen(stack, classes=("4",))] == 4).all()


# --- what is written


def test_a_still_is_the_first_image_and_films_hold_it(little, tmp_path):
    data, models = little
    still = mnistviz.compare(data, models[:2], tmp_path / "s.png", picture=SMALL)
    picture = pixels_of(tmp_path / "s.png")[..., :3]
    for suffix in ("mp4", "png/"):
        out = str(tmp_path / f"film.{suffix}") if suffix == "mp4" else f"{tmp_path}/pngs/"
        film = mnistviz.compare(data, models[:2], out, Selection(count=3), QUICK, LOW, SMALL)
        assert film.indices[0] == still.indices[0]
        assert len(film.indices) == 3
    assert len(list((tmp_path / "pngs").iterdir())) == 6
    frames = decode_rgb(tmp_path / "film.mp4", SMALL.size)
    assert len(frames) == 6
    first = pixels_of(sorted((tmp_path / "pngs").iterdir())[0])[..., :3]
    for frame, most in ((frames[0], 2), (first, 0.5)):  # but for the progress bar
        assert np.abs(frame - picture.astype(float))[:-20].mean() < most


def test_between_two_images_is_their_blend_of_each_model(little, tmp_path):
    data, models = little
    out = f"{tmp_path}/pngs/"
    done = mnistviz.compare(data, models[:2], out, Selection(count=2), QUICK, LOW, SMALL)
    frames = [pixels_of(path)[..., :3] for path in sorted((tmp_path / "pngs").iterdir())]
    _, blocks_of = fitted(data, ("model 1", "model 2"), SMALL)
    images = as_pixels(data.test.images[list(done.indices)])
    layout = blocks_of[0].layout
    between = region(frames[2], layout.lanes[0].cells[0], layout.cell)
    middle = blocks(between, layout.k).mean(axis=2).ravel() / 255
    share = (
        np.dot(middle - images[0], images[1] - images[0]) / np.square(images[1] - images[0]).sum()
    )
    assert 0.2 < share <= 1
    assert middle == pytest.approx(images[0] + share * (images[1] - images[0]), abs=0.01)


def test_a_film_is_the_same_whoever_draws_it(little, tmp_path):
    data, models = little
    for name, workers in (("a", Workers(1)), ("b", Workers(2))):
        out = tmp_path / f"{name}.mp4"
        some = Selection(count=12)  # of several segments
        mnistviz.compare(data, models, out, some, QUICK, LOW, SMALL, workers=workers)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_a_film_has_captions_chapters_tags_and_a_poster(little, tmp_path):
    data, models = little
    differ = mnistviz.compare(data, models).comparison.disagreements
    indices = (*np.flatnonzero(~differ)[:2].tolist(), *np.flatnonzero(differ)[:3].tolist())
    mnistviz.compare(
        data,
        models,
        tmp_path / "a.mp4",
        Selection(indices=indices, order="file"),
        QUICK,
        replace(LOW, captions=True, poster=True),
        SMALL,
        names=("rough", "middle", "smooth"),
    )
    titles = [title for _, _, title in tracks.chapters(tmp_path / "a.mp4")]
    assert titles == [
        "the models disagree: 3 images",
        "the models agree: 2 images",
    ]
    said = [text for _, _, text in tracks.captions(tmp_path / "a.mp4")]
    assert len(said) == 5
    assert re.search(
        r"of the test set: an? \w+\. rough takes it for an? \w+, .* sure; middle", said[0]
    )
    tags = tracks.tags(tmp_path / "a.mp4")
    assert tags["title"].startswith("rough, middle and smooth compared on ")
    assert "they disagree on 3 of these" in tags["description"]
    poster = pixels_of(tmp_path / "a.poster.png")[..., :3].astype(float)
    apart = [np.abs(frame - poster).mean() for frame in decode_rgb(tmp_path / "a.mp4", SMALL.size)]
    assert apart[0] == min(apart) < 2 < max(apart)  # it is the first image


def test_a_report_has_table_tests_weights_and_pictures_and_no_name_is_markup(little, tmp_path):
    data, models = little
    names = ("<b>a & b</b>", "plain")
    out = tmp_path / "r.html"
    done = mnistviz.compare(data, models[::2], out, Selection(count=2), names=names)
    page = Elements(out.read_text(encoding="utf-8"))
    assert "b" not in page.tags
    text = " ".join(page.texts)
    (test,) = done.comparison.tests
    assert f"{names[0]} is right on {test.first_only} image" in text
    for name, _, _, accuracy, entropy, *_ in done.comparison.rows:
        row = [name, *(f"{accuracy * 100:.1f} %", f"{entropy:.3f}")]
        assert all(cell in page.texts for cell in row)
    pictures = [given for tag, given in page.all if tag == "img"]
    assert [given["alt"] for given in pictures[:2]] == [f"Weights of {name}" for name in names]
    for index, given in zip(done.indices, pictures[2:], strict=True):
        assert given["alt"].startswith(f"image {index}, true ")
    sizes = [
        Image.open(io.BytesIO(base64.b64decode(given["src"].partition(",")[2]))).size
        for given in pictures[2:]
    ]
    assert sizes == 2 * [(1080, 1080)]
    assert "2 images; the models disagree on 2 of these" in text


def test_a_model_of_other_magnitude_is_drawn_on_the_scale_of_the_larger(digits, trained):
    model = trained.model
    strong = LinearClassifier(10 * model.weights, 10 * model.bias)
    comparison = mnistviz.compare(digits, [model, strong]).comparison
    scales = (
        Stack(digits, (model, strong), comparison, HD, Selection()).composer((1920, 1080)).scales
    )
    assert scales.weight > 5 * np.percentile(np.abs(model.weights), 99.5)
    assert scales.high > 5 * np.percentile(comparison.evaluations[0].logits.max(axis=1), 99)
    assert not comparison.disagreements.any()


# --- what is refused


@pytest.mark.parametrize(
    ("out", "settings", "words"),
    [
        ("c.png", {"timing": QUICK}, "for a film"),
        ("c.html", {"encoding": LOW}, "for a film"),
        ("c.png", {"hashed": True}, "for a film"),
        ("c.png", {"selection": Selection(count=2)}, "one image"),
        ("c.html", {"selection": Selection(count=61)}, "at most 60"),
        ("c.html", {"picture": SMALL}, "leave out size"),
        (None, {"selection": Selection(count=2)}, "without a file"),
        ("c.gif", {"encoding": replace(LOW, frame_rate=5)}, "frame rate"),
        ("c.mp4", {"names": ("a",)}, "names must be 2"),
        ("c.mp4", {"picture": PictureConfig(size=(320, 180))}, "do not fit"),
        ("c.mp4", {"selection": Selection(classes=("eleven",))}, "class must be"),
    ],
)
def test_settings_that_would_do_nothing_are_refused(little, tmp_path, out, settings, words):
    data, models = little
    target = tmp_path / out if out else None
    with pytest.raises(OptionError, match=words):
        mnistviz.compare(data, models[:2], target, **settings)
    assert not list(tmp_path.iterdir())


def test_other_numbers_of_models_and_other_files_are_refused(little, tmp_path):
    data, models = little
    for some in (models[:1], [*models, models[0]]):
        with pytest.raises(OptionError, match="2 or 3 models"):
            mnistviz.compare(data, some)
    with pytest.raises(OutputError, match=r"\.mp4.*\.png.*\.html"):
        mnistviz.compare(data, models, tmp_path / "c.txt")


def test_a_model_is_not_overwritten_by_what_it_is_compared_in(little, small_digits, tmp_path):
    data, models = little
    with (tmp_path / "a.png").open("wb") as file:
        models[0].write(file)
    before = (tmp_path / "a.png").read_bytes()
    with pytest.raises(OutputError, match="read as well"):
        mnistviz.compare(data, [tmp_path / "a.png", models[1]], tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes() == before


def test_the_command_prints_the_table_and_what_it_wrote(little, small_digits, tmp_path):
    files = []
    for name, model in zip(("a", "b", "c"), little[1], strict=True):
        files.append(tmp_path / f"{name}.npz")
        with files[-1].open("wb") as file:
            model.write(file)
    words = ["compare", *files, "--data", small_digits, "-q", "--names", "x, y,z"]
    result = CliRunner().invoke(cli, [*map(str, words), "--out", str(tmp_path / "c.svg")])
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert [line.split()[0] for line in lines[3:6]] == ["x", "y", "z"]
    assert lines[-1] == f"{tmp_path / 'c.svg'}: 1 image"
    out = tmp_path / "r.html"
    models = [word for path in files for word in ("--model", str(path))]
    words = ["evaluate", *models, "--data", str(small_digits), "-q", "--json", "--out", str(out)]
    result = CliRunner().invoke(cli, words)
    assert [model["name"] for model in json.loads(result.output)["models"]] == ["a", "b", "c"]
    assert "McNemar" in out.read_text(encoding="utf-8")
    refused = CliRunner().invoke(cli, [*words[:-1], str(tmp_path / "r.pdf")])
    assert refused.exit_code == 2
    assert "mnistviz compare" in refused.output


# --- kinds of models


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".png", ".mp4", ".html"])
def test_models_of_different_kinds_are_compared_and_only_one_has_probabilities(
    little, tmp_path, suffix
):
    data, models = little
    svm = replace(models[1].model, kind=KINDS["svm"])
    out = tmp_path / f"c{suffix}"
    film = (QUICK, Encoding(captions=True, frame_rate=10)) if suffix == ".mp4" else ()
    timing, encoding = film or (Timing(), Encoding())
    picture = PictureConfig(weights="effect")
    count = None if suffix == ".png" else 3
    done = mnistviz.compare(
        data, [models[0], svm], out, Selection(count=count), timing, encoding, picture
    )
    (_, first, *_, entropy, error, _), (_, second, *_, none, nothing, _) = done.comparison.rows
    assert (first, second) == ("softmax regression", "linear SVM")
    assert entropy > 0
    assert 0 < error < 1
    assert none is nothing is None
    json.dumps(done.comparison.as_json(), allow_nan=False)
    assert "linear SVM" in str(done)
    assert "–" in str(done)
    if suffix == ".mp4":
        said = out.with_suffix(".vtt").read_text(encoding="utf-8")
        assert said.count("sure") == 3
        assert said.count("takes it for") == 6
