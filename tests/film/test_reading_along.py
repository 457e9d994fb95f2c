"""Captions, chapters, tags and posters of real films."""

import os
import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

import mnistviz
import tracks
import webvtt
from commands import names
from frames import decode, pixels_of, to_ycbcr
from idx_files import write_dataset
from mnistviz import Encoding, PictureConfig, Selection, Timing
from mnistviz.cli.app import cli
from mnistviz.datasets.dataset import Split, as_pixels
from mnistviz.errors import OutputError, VideoError
from mnistviz.film.introduction import SECONDS, SENTENCES
from mnistviz.formats.ffmpeg import find_ffmpeg
from mnistviz.formats.mp4 import Mp4
from mnistviz.formats.timeline import Timeline

SIZE = (640, 360)
SMALL = PictureConfig(SIZE)
RATE, LEAD = 10, len(SENTENCES) * SECONDS
INDICES = (8, 0, 1)
# The texts change to the second image after one of the four pictures that lead to it.
SECOND = LEAD + Fraction(6, 10)
TIMING = Timing(0.5, transition=0.4)
PLAIN = Encoding(RATE, quality="draft")
CAPTIONED = replace(PLAIN, captions=True)
WHOLE = replace(CAPTIONED, poster=True)


def no_work(progress):
    pytest.fail(f"work began: {progress}")


def sure(model, pixels):
    """Return the softmax of the predicted class, in per cent."""
    logits = pixels.astype(np.float64) @ model.weights + model.bias
    return 100 / np.exp(logits - logits.max()).sum()


def difference(frame, poster):
    """Return the mean difference of a frame and a poster, in levels of luma."""
    return np.abs(frame.luma - to_ycbcr(pixels_of(poster))[..., 0]).mean()


@pytest.fixture(scope="module")
def film(digits, trained, tmp_path_factory):
    out = tmp_path_factory.mktemp("film") / "film.mp4"
    return mnistviz.render(
        digits, trained, out, Selection(indices=INDICES), TIMING, WHOLE, SMALL, intro=SENTENCES
    )


def test_file_and_film_have_captions_for_the_introduction_and_each_image(film, digits, trained):
    cues = webvtt.parse(film.captions.read_text(encoding="utf-8"))
    assert tracks.captions(film.path) == cues
    texts = [text for *_, text in cues]
    assert texts[0] == "An image of 28×28 pixels, from black to white"
    assert texts[1] == "Weights of a class: light is for it, dark against"
    assert texts[5].startswith("The highest score wins: predicted 6")
    percents = [sure(trained.model, p) for p in as_pixels(digits.test.images[list(INDICES)])]
    verdicts = ["a 5, taken for a 6", "a 7, predicted right", "a 2, predicted right"]
    for index, verdict, percent, text in zip(INDICES, verdicts, percents, texts[6:], strict=True):
        share = f"{percent:.0f} %" if percent < 99.5 else "more than 99 %"
        assert text == f"Image {index} of the test set: {verdict}, {share} sure"
    times = [*range(0, LEAD + 1, SECONDS), SECOND, SECOND + Fraction(1, 2), LEAD + Fraction(3, 2)]
    assert [(start, end) for start, end, _ in cues] == list(pairwise(times))


def test_the_introduction_is_a_chapter_and_so_is_a_mistake(film):
    assert tracks.chapters(film.path) == [
        (0, LEAD, "Introduction"),
        (LEAD, SECOND, "Image 8: a 5, taken for a 6"),
        (SECOND, LEAD + Fraction(3, 2), "2 digits right"),
    ]


def test_its_tags_are_title_description_accuracy_and_licence(film, trained):
    accuracy = 100 * trained.training["test_accuracy"]
    assert tracks.tags(film.path) == {
        "title": "A linear classifier at work on MNIST",
        "description": "3 digits of the test set of MNIST on their way through a softmax "
        "regression: pixel × weight, added up for each class, and the highest sum wins. "
        "2 of 3 right (chosen).",
        "comment": "softmax regression · 784 weights a class · "
        f"{accuracy:.1f} % of 10,000 test digits right",
        "copyright": "MNIST: CC BY-SA 3.0",
    }


def test_the_poster_is_the_frame_of_the_first_image(film):
    frames = decode(film.path, SIZE, first=LEAD * RATE - RATE, every=RATE)
    apart = [difference(frame, film.poster) for frame in frames]
    assert 2 * apart[1] < min(apart[0], apart[2])


def test_a_film_has_chapters_and_tags_without_being_asked_and_captions_only_then(
    digits, trained, tmp_path
):
    looks, chosen = PictureConfig(SIZE, title="Which one?"), Selection(indices=INDICES)
    done = mnistviz.render(digits, trained, tmp_path / "film.mp4", chosen, TIMING, PLAIN, looks)
    assert (done.captions, done.poster, names(tmp_path)) == (None, None, ["film.mp4"])
    assert [title for *_, title in tracks.chapters(done.path)][1] == "2 digits right"
    assert tracks.tags(done.path)["title"] == "Which one?"
    with pytest.raises(ValueError, match="not enough values"):
        tracks.captions(done.path)


def test_own_pictures_are_captioned_with_their_names_and_carry_no_licence(
    digits, trained, tmp_path
):
    folder = tmp_path / "own"
    folder.mkdir()
    for place, name in ((0, "a&<b>.png"), (2, "b.png")):
        Image.fromarray(digits.test.images[place]).save(folder / name)
    out = tmp_path / "film.mp4"
    classes = tuple(f"{number} of all the digits" for number in range(10))  # too long for a header
    data = replace(digits, classes=classes)
    done = mnistviz.render(
        data, trained.model, out, Selection(), TIMING, CAPTIONED, SMALL, images=folder
    )
    texts = [text for *_, text in webvtt.parse(done.captions.read_text(encoding="utf-8"))]
    titles = [title for *_, title in tracks.chapters(out)]
    assert titles == [
        "a&<b>.png: taken for a 7 of all the digits",
        "b.png: taken for a 1 of all the digits",
    ]
    assert [text.split(", ")[0] for text in texts] == titles
    tags = tracks.tags(out)
    assert "copyright" not in tags
    assert tags["description"].startswith("2 images of one's own on their way")


def test_class_names_of_any_set_are_text_and_never_markup(tmp_path):
    hostile = ["</i><script>", "a --> b", "&lt;{\\an8}", "[CHAPTER]", "=;#\\", *"fghij"]
    folder = write_dataset(tmp_path / "set <b>")
    (folder / "classes.txt").write_text("\n".join(hostile), encoding="utf-8")
    data, out = mnistviz.load(folder), tmp_path / "film.mp4"
    mnistviz.render(data, None, out, Selection(order="class"), TIMING, CAPTIONED, SMALL)
    cues = webvtt.parse(out.with_suffix(".vtt").read_text(encoding="utf-8"))
    assert len(cues) == 20
    for label, (*_, text) in zip(sorted(data.test.labels), cues, strict=True):
        name = hostile[label]
        assert f": a {name}, " in text or f": an {name}, " in text
    chapters = [title.rsplit(":", 1)[0] for *_, title in tracks.chapters(out)]
    assert chapters == [hostile[label] for label in sorted(set(data.test.labels.tolist()))]
    tags = tracks.tags(out)
    assert "copyright" not in tags
    assert tags["title"].endswith("on set <b>")


@pytest.fixture(scope="module")
def training(digits, tmp_path_factory):
    few = replace(
        digits,
        train=Split(digits.train.images[:2000], digits.train.labels[:2000]),
        test=Split(digits.test.images[:500], digits.test.labels[:500]),
    )
    out = tmp_path_factory.mktemp("training") / "training.mp4"
    return mnistviz.render_training(few, out, encoding=replace(WHOLE, frame_rate=2), picture=SMALL)


def test_a_training_film_has_captions_with_step_accuracy_and_cross_entropy(training):
    *growing, (trained, _, last) = webvtt.parse(training.captions.read_text(encoding="utf-8"))
    assert [start for start, *_ in growing] == [0, 3, 6]
    steps = training.steps
    assert growing[0][2].startswith(f"Steps 0 to {steps * 5**2 // 19**2} of {steps}: ")
    assert f"right, cross-entropy {np.log(10):.3f} to " in growing[0][2]
    assert trained == 9.5
    assert last.startswith(
        f"Trained, after {steps} steps: {100 * training.accuracy:.1f} % of 500 test digits right, "
        f"cross-entropy {training.cross_entropy:.3f}; of training digits "
    )
    taught, loss = map(
        float, re.search(r"training digits ([\d.]+) %, ([\d.]+)\. At st", last).groups()
    )
    assert taught > 100 * training.accuracy + 3  # 2,000 digits are learnt by heart
    assert loss < training.cross_entropy - 0.1
    assert last.endswith(
        " % right, the weights were templates, legible as digits; now they are differences between "
        "the classes"
    )


def test_a_training_film_has_a_chapter_an_epoch_and_its_poster_shows_the_trained_model(training):
    titles = [title for *_, title in tracks.chapters(training.path)]
    assert titles[:8] == [f"Epoch {number} of 8" for number in range(1, 9)]
    assert titles[8].startswith("Trained: ")
    assert tracks.tags(training.path)["copyright"] == "MNIST: CC BY-SA 3.0"
    last = 12 * 2 - 1
    middle, end = decode(training.path, SIZE, last // 2, last - last // 2)
    assert 2 * difference(end, training.poster) < difference(middle, training.poster)


def test_captions_and_poster_are_written_with_the_film_or_not_at_all(digits, trained, tmp_path):
    old = {"film.mp4": b"old", "film.vtt": b"old captions", "film.poster.png": b"old poster"}
    for name, content in old.items():
        (tmp_path / name).write_bytes(content)

    def break_off(progress):
        raise KeyboardInterrupt

    one = (tmp_path / "film.mp4", Selection(count=1), TIMING, WHOLE, SMALL)
    with pytest.raises(KeyboardInterrupt):
        mnistviz.render(digits, trained, *one, progress=break_off)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == old
    mnistviz.render(digits, trained, *one)
    once = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(once) == set(old)
    assert not set(once.values()) & set(old.values())
    mnistviz.render(digits, trained, *one)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == once


@pytest.mark.parametrize("name", ["film.vtt", "film.poster.png"])
@pytest.mark.parametrize("render", [mnistviz.render, mnistviz.render_training])
def test_a_companion_that_cannot_be_written_is_refused_before_any_work(
    digits, tmp_path, name, render
):
    (tmp_path / name).mkdir()
    with pytest.raises(OutputError, match=rf"cannot write .*{name}: it is a folder"):
        render(digits, out=tmp_path / "film.mp4", encoding=WHOLE, progress=no_work)
    assert names(tmp_path) == [name]


@pytest.mark.skipif(os.name == "nt", reason="ffmpeg is a shell script here")
def test_an_ffmpeg_without_captions_is_refused_before_any_work_that_needs_them(
    digits, tmp_path, monkeypatch
):
    script = tmp_path / "ffmpeg"
    script.write_text(f"#!/bin/sh\n'{find_ffmpeg()}' \"$@\" | sed /mov_text/d\n")
    script.chmod(0o755)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(script))
    find_ffmpeg(Mp4(SIZE, Timeline(1, 1, RATE)).needs())
    with pytest.raises(VideoError, match="lacks the encoder mov_text"):
        mnistviz.render(digits, None, tmp_path / "film.mp4", encoding=WHOLE, progress=no_work)
    assert names(tmp_path) == ["ffmpeg"]


def test_the_command_prints_which_files_it_wrote(model_path, tmp_path):
    out = tmp_path / "film.mp4"
    options = ("--count", "1", "--size", "640x360", "--quality", "draft", "--quiet")
    arguments = ["render", "--model", model_path, "--captions", "--poster", *options, "--out", out]
    result = CliRunner().invoke(cli, list(map(str, arguments)), catch_exceptions=False)
    assert result.output.splitlines()[1:] == [
        f"captions {tmp_path / 'film.vtt'}",
        f"poster {tmp_path / 'film.poster.png'}",
    ]
