"""Options of render that go together make the film that they describe; others are refused."""

import re
from pathlib import Path

import numpy as np
import pytest
import tomli_w
from click.testing import CliRunner
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

import mnistviz
from composers import layout_of
from frames import Drawn, decode_rgb
from mnistviz import PictureConfig, Selection, Timing
from mnistviz.cli.app import cli
from mnistviz.cli.film_options import Indices
from mnistviz.cli.look_options import Size
from mnistviz.config import (
    CONTRASTS,
    ORDERS,
    OUTCOMES,
    PALETTE_NAMES,
    THEME_NAMES,
    WEIGHT_LOOKS,
)
from mnistviz.drawing.theme import theme_of
from mnistviz.errors import OptionError
from mnistviz.frame.frame_words import scope_of
from mnistviz.language.language import ENGLISH

DOCS = Path(__file__).parents[2] / "docs"
OWN, INTRO = 3, 24  # own pictures, and seconds
# The values of each option. Options of a kind go together; a flag has the value True.
ALWAYS = {"size": ["720x406", "704x704", "540x960"], "fps": [5, 10]}  # so that it is quick
ANY_FILM = {
    "theme": THEME_NAMES,
    "weights": WEIGHT_LOOKS,
    "contrast": CONTRASTS,
    "title": ["A title", "5 % <b> & $x$"],
    "quality": ["draft", "standard"],
    "hash": [True],
    "workers": [1, 2, "auto"],
}
OF_IMAGES = {
    "palette": PALETTE_NAMES,
    "seconds-per-image": [0.2, 0.6],
    "duration": ["30", "0:30"],
    "loop": [True],
    "transition": [0.0, 0.1],
    "count": [1, 2, 3],
    "intro": [True],
    "intro-text": ["six lines"],
}
OF_TEST_IMAGES = {
    "index": ["7", "3,1,5-40", "0-99"],
    "class": [["4"], ["1", "7,9"]],
    "only": OUTCOMES,
    "order": ORDERS,
    "order-seed": [1],
}
FLIP = {"flip": [True], "explorer": ["https://example.org/e.html"]}  # of test images
OF_TRAINING = {
    "epochs": [1, 2],
    "learning-rate": [0.01],
    "batch-size": [64],
    "smoothness": [0.0, 0.01],
    "focus": [0.0],
    "l2": [0.0],
    "seed": [1],
    "validation-share": [0.2],
}
OF_OWN = {"strict": [True], "show-steps": ["steps.png"]}
OF_OTHERS_WEIGHTS = {
    "input-scale": ["1"],
    "input-shift": ["0.0"],
    "pixel-order": ["rows"],
    "class-order": [["0,1,2", "3,4,5,6,7,8,9"]],
    "kind": ["softmax"],
}
ALONE = {"model": ["m.npz"], "images": ["pictures"]}  # not for a training film
OF_VIDEO = {"captions": [True], "poster": [True]}
OF_MP4, OF_WEBM = {"codec": ["h264"]}, {"codec": ["vp9", "av1"]}
ELSEWHERE = {  # in every film here, or tested with other commands
    *(
        "out",
        "data",
        "model",
        "images",
        "mirror",
        *("image-size", "invert", "test-share", "keep"),
        "config",
        "print-config",
        "quiet",
        "scheduler",
        "max-size",
        *("language", "words", "font"),
    ),
}
FORBIDDEN = [
    *(
        ({"theme": "print", "weights": weights}, "take the theme light, or gray weights")
        for weights in ("diverging", "diverging-effect")
    ),
    ({"duration": "30", "seconds-per-image": 1}, "not both"),
    ({"duration": "20", "intro": True}, "longer than its introduction of 24 s"),
    ({"duration": "half"}, "as in 90 or 1:30"),
    ({"loop": True, "intro": True}, "a film that loops has no introduction"),
    ({"out": "v.gif", "loop": True}, "a GIF cuts from image to image"),
    ({"out": "v.gif", "transition": 0.1}, "a GIF cuts from image to image"),
    ({"out": "v.gif", "fps": 10}, "leave out the frame rate"),
    *(({"out": out, "quality": "draft"}, "have qualities") for out in ("v.gif", "v.webp", "f/")),
    ({"order": "file", "order-seed": 1}, "order seed is of a shuffled order"),
    ({"index": "1,2", "order-seed": 1}, "order seed is of a shuffled order"),
    ({"out": "v.gif", "flip": True}, "a GIF has one frame an image, and no endings"),
    ({"out": "v.gif", "explorer": "https://example.org/"}, "only a film with a description"),
    ({"explorer": "e.html"}, "or an address as https://"),
    ({"images": "pictures", "explorer": "https://example.org/"}, "leave explorer out"),
    ({"images": "pictures", "flip": True}, "leave out flip or the own pictures"),
    ({"flip": True, "duration": "30"}, "leave out flip or the duration"),
    ({"flip": True, "loop": True}, "leave out flip or loop"),
    ({"flip": True, "only": "right"}, "flip ends mistakes, and only right shows none"),
    ({"max-size": "2MB"}, "only a GIF is made to fit"),
    ({"max-size": "2"}, "as in 500kB or 2MB"),
    *(
        ({"training": True, name: values[0]}, f"(No such option|unknown setting).*{name}")
        for name, values in (
            OF_IMAGES | OF_TEST_IMAGES | FLIP | OF_OWN | OF_OTHERS_WEIGHTS | ALONE
        ).items()
        if name != "duration"
    ),
    *(
        ({name: values[0]}, f"(No such option|unknown setting).*{name}")
        for name, values in OF_TRAINING.items()
    ),
    *(({name: values[0]}, "is for own pictures") for name, values in OF_OWN.items()),
    *(
        ({"out": out, name: True}, "for what a player shows")
        for out in ("v.gif", "v.webp", "frames/")
        for name in OF_VIDEO
    ),
    ({"out": "v.gif", "codec": "h264"}, "needs a file whose name ends in .mp4"),
    ({"out": "v.webm", "codec": "h264"}, "needs a file whose name ends in .mp4"),
    *(
        ({"images": "pictures", name: values[0]}, "leave out which test images")
        for name, values in OF_TEST_IMAGES.items()
    ),
    *(({name: values[0]}, "need the --model") for name, values in OF_OTHERS_WEIGHTS.items()),
    *(
        ({"model": "m.npz", name: values[0]}, "for other people's weights")
        for name, values in OF_OTHERS_WEIGHTS.items()
    ),
]


@pytest.fixture(scope="module")
def place(tmp_path_factory, small_digits):
    """A folder with a model of 8×8 digits, three pictures and an introduction."""
    folder = tmp_path_factory.mktemp("place")
    model = mnistviz.train(mnistviz.load(small_digits), folder / "m.npz").model
    arrays = {"coef_": model.weights.T, "intercept_": model.bias, "classes_": np.arange(10)}
    np.savez(folder / "w.npz", **arrays, kind="softmax")
    (folder / "pictures").mkdir()
    for number in range(OWN):
        page = Image.new("L", (40, 40), 255)
        ImageDraw.Draw(page).rectangle((12 + 4 * number, 8, 17 + 4 * number, 31), fill=0)
        page.save(folder / "pictures" / f"{number}.png")
    (folder / "six lines").write_text("one\ntwo\nthree\nfour\nfive\nsix: {answer}\n")
    return folder


def some_of(options, **given):
    """Return a strategy: any of the options with any of their values, and always those given."""
    always, some = (
        {name: st.sampled_from(list(values)) for name, values in each.items()}
        for each in (ALWAYS, options)
    )
    if given.get("out") == "v.gif":  # which has a frame rate and a quality of its own, and cuts
        always.pop("fps")
        for name in ("transition", "loop", "quality"):
            some.pop(name, None)
    return st.fixed_dictionaries(always, optional=some).map(lambda chosen: given | chosen)


of_images = ANY_FILM | OF_IMAGES | OF_OTHERS_WEIGHTS
of_webm = of_images
films = st.one_of(
    some_of(of_images | OF_TEST_IMAGES | FLIP | OF_VIDEO | OF_MP4, out="v.mp4", count=2),
    some_of(of_webm | OF_TEST_IMAGES | FLIP | OF_VIDEO | OF_WEBM, out="v.webm", count=2),
    some_of(of_images | OF_TEST_IMAGES, out="v.gif", count=2),
    some_of(of_images | OF_OWN | OF_VIDEO, out="v.mp4", images="pictures"),
    some_of(of_images | OF_OWN, out="v.gif", images="pictures"),
    some_of(
        ANY_FILM | OF_TRAINING | {"duration": ["30", "0:30"]} | OF_VIDEO,
        out="v.mp4",
        training=True,
    ),
)


APART = [
    *(("duration", "seconds-per-image"), ("loop", "intro"), ("loop", "intro-text")),
    *(("flip", "duration"), ("flip", "loop")),
]


def allowed(options):
    apart = not any({*pair} <= {*options} for pair in APART)
    apart &= not ("flip" in options and options.get("only") == "right")
    if "order-seed" in options:
        apart &= options.get("order", options.get("index")) in (None, "shuffled", "class")
    return apart and not any(pair.items() <= options.items() for pair, _ in FORBIDDEN[:2])


def render(place, data, folder, options, in_a_file):
    """Run the command, with the options in a settings file or on its line."""
    command = "render-training" if options.get("training") else "render"
    options = {name: value for name, value in options.items() if name != "training"}
    options |= {"out": f"{folder}/{options['out']}"}
    paths = {"images", "intro-text", "model", "show-steps"} & set(options)
    given = options | {name: str(place / options[name]) for name in paths}
    arguments = [command, "-q", "--data", str(data)]
    if in_a_file:
        settings_file = place / "film.toml"
        settings_file.write_text(tomli_w.dumps(given))
        arguments += ["--config", str(settings_file)]
    else:
        arguments += arguments_of(given)
    return CliRunner().invoke(cli, arguments)


def arguments_of(options):
    for name, value in options.items():
        for each in value if isinstance(value, list) else [value]:
            yield f"--{name}"
            if each is not True:
                yield str(each)


def logits_of(data, model):
    pixels = data.test.images.reshape(len(data.test), -1) / 255
    return pixels @ model.model.weights.astype(float) + model.model.bias


def chosen(data, model, options):
    """Return the test images of a film, in order, and how many there are to choose from."""
    logits, labels = logits_of(data, model), data.test.labels
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    sure = odds.max(axis=1) / odds.sum(axis=1)
    right = logits.argmax(axis=1) == labels
    places = range(len(labels))
    if "index" in options:
        places = Indices().convert(options["index"], None, None)
    wanted = {int(name) for part in options.get("class", []) for name in part.split(",")}
    left = [
        place
        for place in places
        if (not wanted or labels[place] in wanted)
        and ("only" not in options or right[place] == (options["only"] == "right"))
    ]
    shuffled = np.random.default_rng(options.get("order-seed", 0)).permutation(len(labels))
    keys = {
        "file": lambda place: place,
        "class": shuffled.tolist().index,
        "confidence": lambda place: (-sure[place], place),
        "shuffled": shuffled.tolist().index,
        "listed": lambda place: 0,
    }
    order = options.get("order", "listed" if "index" in options else "shuffled")
    most = options.get("count", None if "index" in options else 60)
    shown = sorted(left, key=keys[order])[:most]
    return sorted(shown, key=lambda place: order == "class" and (labels[place], place)), len(left)


@pytest.mark.filterwarnings("ignore:no image of the film is a mistake")
@settings(max_examples=6, phases=[Phase.generate])
@given(films.filter(allowed), st.booleans())
def test_options_that_go_together_make_the_film_that_they_describe(
    place, small_digits, tmp_path_factory, options, in_a_file
):
    folder = tmp_path_factory.mktemp("film")
    data, model = mnistviz.load(small_digits), mnistviz.read_model(place / "m.npz")
    if "training" not in options:
        others = {*OF_OTHERS_WEIGHTS} & set(options)
        options = options | {"model": "w.npz" if others else "m.npz"}
    tests_shown = not {"training", "images"} & set(options)
    images, left = chosen(data, model, options) if tests_shown else ([], OWN)
    result = render(place, small_digits, folder, options, in_a_file)
    if tests_shown and len(images) < options.get("count", 1):
        assert isinstance(result.exception, OptionError)
        reason = "there is no image to show" if not left else f"at most {left}"
        assert reason in str(result.exception)
        assert list(folder.iterdir()) == []
        return
    assert result.exit_code == 0, result.output or result.exception
    count = len(images) or options.get("count", OWN)
    intro = INTRO * bool({"intro", "intro-text"} & set(options))
    seconds = intro + count * options.get("seconds-per-image", 2.4)
    seconds = 30 if "duration" in options else seconds
    if "loop" in options:
        each = min(options.get("transition", 0.4), seconds / count) * options["fps"]
        seconds += max(0, int(each + 0.5) - 1) / options["fps"]
    ended = []
    if "flip" in options:
        predicted = logits_of(data, model).argmax(axis=1)
        ended = [image for image in images if predicted[image] != data.test.labels[image]]
        seconds += 3 * len(ended)
    shown = "1 image" if count == 1 else f"{count} images"
    if "training" in options:
        shown, seconds = "steps", 30 if "duration" in options else 12
    length = f"{shown}, {seconds:.3f} s"
    assert length in result.output
    assert ("drawn " in result.output) == ("hash" in options)
    companions = {"captions": "v.vtt", "poster": "v.poster.png"}
    files = {options["out"], *(companions[name] for name in companions if name in options)}
    assert {path.name for path in folder.iterdir()} == files
    look_at(folder / options["out"], data, options, images, ended)


def look_at(out, data, options, images, ended):
    """Look at a film's first and last frame."""
    size = Size().convert(options["size"], None, None)
    names = "theme", "palette", "weights", "contrast", "title"
    looks = {name: options[name] for name in names if name in options}
    picture = PictureConfig(size, **looks)
    first, last = map(Drawn, decode_rgb(out, size, [0, -1]))
    theme = theme_of(picture)
    for frame in (first, last):
        assert np.abs(frame.rgb[:2, :2].mean(axis=(0, 1)) - theme.background).max() <= 4
    if "training" in options:
        return
    selection = Selection(
        classes=tuple(options.get("class", ())), only=options.get("only"),
        order=options.get("order"), indices=(0,) if "index" in options else None,
    )  # fmt: skip
    scope = "" if "images" in options else scope_of(ENGLISH, data, selection)
    layout = layout_of(data, picture, scope, "flip" in options)
    begun = {"intro", "intro-text"} & set(options)
    uniform = np.ptp(cell_of(first, layout, layout.lanes[3].cells[1]), axis=(0, 1)).max() <= 24
    assert uniform == bool(begun)
    weights = cell_of(last, layout, layout.lanes[3].cells[1])
    assert (np.ptp(weights, axis=2).max() > 40) == picture.is_coloured
    if images and "loop" not in options:
        shown = cell_of(last, layout, layout.lanes[0].cells[0]).mean(axis=2)
        differs = np.abs(shown - data.test.images[images[-1]])
        assert np.median(differs) <= 4
        assert (differs.max() > 100) == (images[-1] in ended)
        x, y, _, height = layout.lanes[data.test.labels[images[-1]]].outline
        thick = layout.outline
        edge = last.rgb[y + height // 2 :, x : x + thick][: height // 3].mean(axis=(0, 1))
        assert np.abs(edge - theme.accents.true).max() <= 8


def cell_of(frame, layout, corner):
    """Return the mean colour of each image pixel of a cell."""
    (x, y), (width, height), k = corner, layout.cell, layout.k
    region = frame.rgb[y : y + height, x : x + width]
    return region.reshape(height // k, k, width // k, k, 3).mean(axis=(1, 3))


@settings(max_examples=2, phases=[Phase.generate])
@given(some_of({"quality": ANY_FILM["quality"], "hash": [True]}), st.booleans())
@pytest.mark.parametrize(
    ("pair", "words"), FORBIDDEN, ids=[" ".join(pair) for pair, _ in FORBIDDEN]
)
def test_options_that_do_not_go_together_are_refused_whatever_else_is_given(
    place, small_digits, tmp_path_factory, pair, words, others, in_a_file
):
    folder = tmp_path_factory.mktemp("film")
    if pair.get("out") == "v.gif":
        others.pop("fps")
    if not pair.get("out", "v.mp4").endswith((".mp4", ".webm")):
        others.pop("quality", None)
    result = render(place, small_digits, folder, {"out": "v.mp4"} | others | pair, in_a_file)
    message = str(result.exception) if result.exit_code == 1 else result.output
    assert isinstance(result.exception, (OptionError, SystemExit)), result.output
    assert re.search(words, re.sub(r"\s+", " ", message))
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"duration": "0.1"}, "at least .* s, 3 pictures"),
        ({"validation-share": 1.0}, "from 0 to below 1"),
        ({"learning-rate": 0.0}, "learning rate must be a number above 0"),
    ],
)
def test_a_training_film_refuses_values_by_their_names(
    place, small_digits, tmp_path, options, words
):
    given = {"out": "v.mp4", "training": True, "fps": 10} | options
    with pytest.raises(OptionError, match=words):
        raise render(place, small_digits, tmp_path, given, False).exception
    assert list(tmp_path.iterdir()) == []


def options_of(command):
    return {option.opts[-1][2:] for option in cli.commands[command].params}


def test_every_option_of_render_and_render_training_is_in_a_combination():
    films = {*ALWAYS, *ANY_FILM, *OF_VIDEO, *OF_MP4, *ELSEWHERE}
    images = {*OF_IMAGES, *OF_TEST_IMAGES, *FLIP, *OF_OWN, *OF_OTHERS_WEIGHTS}
    assert options_of("render") - films - images == set()
    training = {*films, *OF_TRAINING, "duration"} - {*ALONE}
    assert options_of("render-training") <= training


def test_the_table_of_the_docs_refuses_what_the_command_does():
    table = (DOCS / "looks.md").read_text("utf-8").split("## What goes together")[1]
    rows = [line.split("|")[1:-1] for line in table.splitlines() if line.startswith("| `--")]
    table = [(row, re.findall(r"--([a-z-]+)", row[0])) for row in rows if len(row) == 5]
    shown = {name for _, names in table for name in names}
    assert shown == options_of("render") - {"out", "config", "print-config", "quiet"}
    for row, names in table:
        for cell, kind in zip(row[2:], ("images", "training", "out"), strict=True):
            pairs = [pair for pair, _ in FORBIDDEN if pair.get("out") != "v.webm"]
            refused = {name for pair in pairs if kind in pair for name in pair} - {kind}
            assert all(("refused" in cell) == (name in refused) for name in names), (names, kind)


def test_a_transition_that_is_not_given_is_no_longer_than_an_image_is_on():
    times = [Timing(seconds_per_image=time).seconds_of(9, 0) for time in (1, 0.1)]
    assert times == [(1, 0.4), (0.1, 0.1)]
    with pytest.raises(OptionError, match="must be a number"):
        Timing(seconds_per_image=0.1, transition="x")


def test_a_film_of_one_image_is_not_refused_since_the_usual_number_would_be_too_long(
    tmp_path, digits, trained
):
    small, days = PictureConfig((640, 360)), Timing(60_000)
    data = digits, trained, tmp_path / "v.mp4"

    def begun(progress):
        raise KeyboardInterrupt  # such a film takes a gigabyte

    with pytest.raises(KeyboardInterrupt):
        mnistviz.render(*data, Selection(indices=(3,)), days, picture=small, progress=begun)
    with pytest.raises(OptionError, match=r"25 images .* are 45000000 frames, more than"):
        mnistviz.render(*data, Selection(), days, picture=small)
