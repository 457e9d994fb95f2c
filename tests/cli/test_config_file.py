"""A settings file holds the options of a film; the command line wins."""

import tempfile
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from mnistviz.cli.app import cli
from mnistviz.config import (
    CODEC_NAMES,
    CONTRASTS,
    MODEL_KINDS,
    ORDERS,
    OUTCOMES,
    PALETTE_NAMES,
    PIXEL_ORDERS,
    QUALITY_NAMES,
    SIZES,
    THEME_NAMES,
    WEIGHT_LOOKS,
)
from mnistviz.errors import OptionError

text = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
SETTINGS = {
    "--count": st.integers(1, 999),
    "--index": st.sampled_from(["8", "8,42,100-103"]),
    "--only": st.sampled_from(OUTCOMES),
    "--order": st.sampled_from(ORDERS),
    "--order-seed": st.integers(0, 2**40),
    "--seconds-per-image": st.floats(0.1, 99, allow_nan=False),
    "--transition": st.floats(0, 0.1),
    "--fps": st.integers(1, 240),
    "--quality": st.sampled_from(QUALITY_NAMES),
    "--codec": st.sampled_from(CODEC_NAMES),
    "--size": st.sampled_from([*SIZES, "1280x720"]),
    "--theme": st.sampled_from(THEME_NAMES),
    "--palette": st.sampled_from(PALETTE_NAMES),
    "--weights": st.sampled_from(WEIGHT_LOOKS),
    "--contrast": st.sampled_from([*CONTRASTS]),
    "--title": text.filter(lambda title: title.isprintable() and not title.startswith("-")),
    "--language": st.sampled_from(["en", "de", "pt-BR"]),
    "--words": text.map(lambda name: f"{name}.po"),
    "--font": text.filter(lambda name: not name.startswith("-")),
    "--model": text.map(lambda name: f"{name}.npz"),
    "--input-scale": st.floats(-9, 9).map(repr) | st.just("scale.npy"),
    "--input-shift": st.floats(-9, 9).map(repr) | st.just("shift.npy"),
    "--pixel-order": st.sampled_from(PIXEL_ORDERS),
    "--kind": st.sampled_from(MODEL_KINDS),
    "--data": text,
    "--mirror": text,
    "--image-size": st.sampled_from(["28x28", "7x9"]),
    "--test-share": st.sampled_from([0.1, 0.5]),
    "--images": text,
    "--intro-text": text,
    "--explorer": text,
}
FLAGS = ("--intro", "--hash", "--captions", "--poster", "--loop", "--flip", "--invert", "--strict")
options = st.fixed_dictionaries(
    {"--out": st.just("v.mp4") | text.map(lambda name: f"{name.strip('/')}.gif")},
    optional=SETTINGS,
)
flags = st.sets(st.sampled_from(FLAGS))
PATHS = ("--out", "--model", "--images", "--intro-text", "--words")  # where './a' is printed as 'a'
classes = st.lists(text, max_size=3)


def printed(*arguments, command="render"):
    result = CliRunner().invoke(cli, [command, "--print-config", *map(str, arguments)])
    if isinstance(result.exception, OptionError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def in_a_file(folder, content):
    path = folder / "film.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@settings(max_examples=60)
@given(options, flags, classes)
def test_the_printed_settings_are_those_of_the_command_and_repeat_it(options, flags, classes):
    arguments = [f"{key}={value}" for key, value in options.items()]
    arguments += [*sorted(flags), *(f"--class={name}" for name in classes)]
    first = printed(*arguments)
    read = tomllib.loads(first)
    for key, value in options.items():
        if key not in ("--size", "--index", *PATHS):
            assert str(read[key[2:]]) == str(value)
    assert {f"--{key}" for key, value in read.items() if value is True} == flags
    assert read.get("class", []) == classes
    with tempfile.TemporaryDirectory() as folder:
        path = in_a_file(Path(folder), first)
        assert printed("--config", path) == first


def test_every_option_of_render_is_in_the_table_above():
    drawn = {*SETTINGS, *FLAGS, "--out", "--class", "--config", "--print-config", "--quiet"}
    # Tested with other commands.
    drawn |= {
        "--workers",
        "--scheduler",
        "--duration",
        "--max-size",
        "--keep",
        "--show-steps",
        "--class-order",
    }
    assert drawn >= {option.opts[-1] for option in cli.commands["render"].params}


def test_the_command_line_wins_and_classes_and_indices_may_be_numbers(tmp_path):
    content = "out = 'a.mp4'\ncount = 5\nfps = 12\nseconds_per_image = 2\n"
    path = in_a_file(tmp_path, content + "class = [4, 'nine']\nindex = 8\n")
    read = tomllib.loads(printed("--config", path, "--count", 7))
    assert (read["count"], read["fps"], read["seconds-per-image"]) == (7, 12, 2.0)
    assert (read["out"], read["theme"], read["size"]) == ("a.mp4", "dark", "1920x1080")
    assert (read["class"], read["index"]) == (["4", "nine"], "8")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("cuont = 5", "unknown setting 'cuont'; did you mean 'count'"),
        ("quiet = true", "unknown setting 'quiet'"),
        ("config = 'a.toml'", "unknown setting 'config'"),
        ("[render]\ncount = 5", "unknown setting 'render'"),
        ("count = 'many'", "count: expected a whole number, got 'many'"),
        ("count = 1.5", "count: expected a whole number, got 1.5"),
        ("count = true", "count: expected a whole number, got True"),
        ("fps = [30]", "fps: expected a whole number"),
        ("hash = 1", "hash: expected true or false, got 1"),
        ("title = 5", "title: expected text, got 5"),
        ("theme = 'drak'", "theme: 'drak' is not one of"),
        ("size = '12'", "size: expected"),
        ("class = [[4]]", "class: expected text"),
        ("count = ", "cannot read the settings"),
        ('title = "\\ud800"', "cannot read the settings"),
        (b"\xff", "byte 0 is ff; save it as UTF-8"),
        ("seconds-per-image = 9" + 400 * "9", "expected a number below 1e308"),
        *((f"{key} = 0x" + 5000 * "f", "cannot read the settings") for key in ("count", "index")),
        ("seconds-per-image = 9" + 5000 * "9", "cannot read the settings"),
        ("title = " + 3000 * "[", "lists in lists, too deep"),
    ],
)
def test_a_mistake_in_a_file_is_an_error_with_its_name(tmp_path, content, message):
    path = in_a_file(tmp_path, content)
    with pytest.raises(OptionError) as error:
        printed("--config", path, "--out", "v.mp4")
    assert message in str(error.value)
    assert str(path) in str(error.value)


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_settings_file_that_cannot_be_read_is_an_error(tmp_path, name):
    with pytest.raises(OptionError, match="cannot read the settings"):
        printed("--config", tmp_path / name, "--out", "v.mp4")


def test_the_settings_of_a_training_film_are_printed_and_read_and_no_others(tmp_path):
    options = ("--duration", "1:30", "--title", "Learning", "--learning-rate", 0.1, "--epochs", 3)
    first = printed("--out", "v.mp4", "--fps", 12, "--poster", *options, command="render-training")
    read = tomllib.loads(first)
    assert (read["duration"], read["learning-rate"], read["epochs"]) == ("90", 0.1, 3)
    assert (read["title"], read["validation-share"]) == ("Learning", 0)
    assert printed("--config", in_a_file(tmp_path, first), command="render-training") == first
    path = in_a_file(tmp_path, "out = 'v.mp4'\ncount = 5\n")
    with pytest.raises(OptionError, match="unknown setting 'count'"):
        printed("--config", path, command="render-training")
