"""The log of a training: what is measured by step, in a table and as curves."""

import csv
import re
from dataclasses import replace
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

import mnistviz
from mnistviz import TrainingConfig
from mnistviz.datasets.aside import with_validation
from mnistviz.datasets.dataset import Split
from mnistviz.errors import DataError, OutputError
from mnistviz.model.fit import fit
from mnistviz.training import log
from mnistviz.training.train import train

BY_HEART = TrainingConfig(epochs=12, smoothness=0)


@pytest.fixture(scope="module")
def few(digits):
    """Two hundred digits to train with, so few that they are learnt by heart, and 500 to test."""
    train, test = digits.train, digits.test
    return replace(
        digits,
        train=Split(train.images[:200], train.labels[:200]),
        test=Split(test.images[:500], test.labels[:500]),
    )


@pytest.fixture(scope="module")
def table(few, tmp_path_factory):
    """The model, and the rows of its log."""
    path = tmp_path_factory.mktemp("log") / "curves.csv"
    trained = train(few, config=BY_HEART, log=path)
    with path.open(newline="", encoding="utf-8") as file:
        return trained, list(csv.DictReader(file))


def cross_entropy_and_accuracy(model, split):
    pixels = split.images.reshape(len(split), -1) / 255
    logits = pixels @ model.weights.astype(float) + model.bias
    losses = np.log(np.exp(logits).sum(axis=1)) - logits[range(len(split)), split.labels]
    return losses.mean(), (logits.argmax(axis=1) == split.labels).mean()


def test_a_table_has_both_measures_of_both_parts_from_before_the_first_step_to_the_last(few, table):
    trained, rows = table
    assert [*rows[0]] == [
        "step", "epoch", "training_cross_entropy", "training_accuracy", "test_cross_entropy",
        "test_accuracy",
    ]  # fmt: skip
    steps, epochs = ([float(row[name]) for row in rows] for name in ("step", "epoch"))
    assert (steps[:3], steps[-1], epochs[0], epochs[-1]) == ([0, 1, 2], 12 * 100, 0, 12)
    assert steps == sorted(set(steps))
    assert np.allclose(epochs, np.array(steps) / 100, atol=1e-4)
    assert float(rows[0]["training_cross_entropy"]) == pytest.approx(np.log(10), rel=1e-5)
    for part, split in (("training", few.train), ("test", few.test)):
        last = [float(rows[-1][f"{part}_{name}"]) for name in ("cross_entropy", "accuracy")]
        assert last == pytest.approx(cross_entropy_and_accuracy(trained.model, split), rel=1e-4)
    assert float(rows[-1]["test_accuracy"]) == trained.training["test_accuracy"]


def test_a_log_changes_nothing_about_the_model(few, table):
    logged, plain = table[0], mnistviz.train(few, config=BY_HEART)
    assert (logged.model.weights == plain.model.weights).all()
    assert logged.training == plain.training


def test_a_set_that_is_learnt_by_heart_shows_it(table):
    last = table[1][-1]
    assert float(last["training_accuracy"]) == 1
    assert float(last["test_accuracy"]) < 0.85
    assert float(last["test_cross_entropy"]) > float(last["training_cross_entropy"]) + 0.5


def test_validation_images_are_not_trained_with_and_measured_in_place_of_the_test_images(
    few, tmp_path
):
    config = replace(BY_HEART, validation_share=0.25, seed=3)
    unusable = replace(few, test=Split(few.test.images[:1], few.test.labels[:1]))
    trained = train(unusable, config=config, log=tmp_path / "curves.csv")
    parts = with_validation(few, 0.25, 3)
    own = fit(parts.train, 10, config)
    assert (own.weights == trained.model.weights).all()
    with (tmp_path / "curves.csv").open(newline="", encoding="utf-8") as file:
        last = list(csv.DictReader(file))[-1]
    loss, accuracy = cross_entropy_and_accuracy(own, parts.test)
    assert float(last["validation_cross_entropy"]) == pytest.approx(loss, rel=1e-4)
    assert float(last["validation_accuracy"]) == pytest.approx(accuracy, rel=1e-4)
    assert trained.training["validation_accuracy"] == pytest.approx(accuracy)
    assert trained.training["validation_images"] == len(parts.test)
    assert "test_accuracy" not in trained.training


def test_the_same_share_of_each_class_is_put_aside_and_the_seed_chooses(digits):
    parts = [with_validation(digits, 0.1, seed) for seed in (0, 0, 1)]
    for label in range(10):
        own = (digits.train.labels == label).sum()
        aside = (parts[0].test.labels == label).sum()
        assert aside == pytest.approx(own / 10, abs=0.5)
        assert aside + (parts[0].train.labels == label).sum() == own
    first, again, other = (part.test.images for part in parts)
    assert (first == again).all()
    assert first.shape != other.shape or (first != other).any()


def test_a_share_that_leaves_nothing_to_validate_with_is_an_error(few, tmp_path):
    with pytest.raises(DataError, match="200 training images in 10 classes, too few"):
        train(few, tmp_path / "m.npz", replace(BY_HEART, validation_share=0.001))
    assert list(tmp_path.iterdir()) == []


def curve_rows(picture, which, colour):
    """Return which pixels, from the top of a plot, have a colour near its right edge."""
    right = round((log.LEFT + which * (log.PLOT + log.BETWEEN) + log.PLOT) * log.DOTS)
    bottom = picture.shape[0] - round(log.FOOT * log.DOTS)
    top = bottom - round(log.HIGH * log.DOTS)
    region = picture[top - 3 : bottom + 3, right - 60 : right - 4].astype(float)
    alike = np.abs(region - np.array(colour)).max(axis=2) < 40
    return np.nonzero(alike.any(axis=1))[0] - 3, bottom - top


def test_the_curves_of_a_picture_end_at_the_values_of_the_table(few, table, tmp_path):
    train(few, config=BY_HEART, log=tmp_path / "curves.png")
    picture = np.asarray(Image.open(tmp_path / "curves.png").convert("RGB"))
    rows = table[1]
    top = max(float(row[f"{part}_cross_entropy"]) for row in rows for part in ("training", "test"))
    for which, (measure, full) in enumerate((("accuracy", 1), ("cross_entropy", top))):
        for part, colour in (("test", log.INK), ("training", log.MUTED)):
            found, high = curve_rows(picture, which, 255 * np.array(colour))
            expected = high * (1 - float(rows[-1][f"{part}_{measure}"]) / full)
            assert np.abs(found - expected).min() <= 2, (measure, part)


def test_an_svg_names_the_curves_at_their_ends_and_the_settings(few, table, tmp_path):
    train(few, config=BY_HEART, log=tmp_path / "curves.svg")
    content = (tmp_path / "curves.svg").read_text(encoding="utf-8")
    ElementTree.fromstring(content)
    said = re.findall(r"<!-- (.*) -->", content)  # matplotlib's, before each text that it draws
    last = table[1][-1]
    for part in ("test", "training"):
        assert f"{part} {100 * float(last[f'{part}_accuracy']):.1f} %" in said
        assert f"{part} {float(last[f'{part}_cross_entropy']):.3f}" in said
    places = dict(re.findall(r"<!-- (.*) -->\s*<g [^>]*translate\(\S+ ([\d.]+)\)", content))
    above = [
        float(places[f"{part} {100 * float(last[f'{part}_accuracy']):.1f} %"])
        for part in ("test", "training")
    ]
    lower = 1 - float(last["test_accuracy"])  # than the other, which is right about all
    assert above[0] - above[1] == pytest.approx(lower * log.HIGH * 72, abs=3)
    assert "measured: all 500 test digits, 200 of training" in said
    (settings,) = (text for text in said if text.startswith("epochs 12"))
    assert "batch size 2 " in settings  # as it was: 200 digits are too few for 512 a step
    assert "smoothness 0 " in settings


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_curves_are_the_same_file_whatever_matplotlib_is_set_to(few, tmp_path, suffix):
    short = TrainingConfig(epochs=1)
    train(few, config=short, log=tmp_path / f"one.{suffix}")
    wild = {"font.size": 30, "savefig.bbox": "tight", "axes.facecolor": "red", "lines.marker": "o",
            "axes.grid": True, "text.antialiased": False}  # fmt: skip
    with mpl.rc_context(wild):
        before = dict(mpl.rcParams)
        train(few, config=short, log=tmp_path / f"two.{suffix}")
        assert dict(mpl.rcParams) == before
    one, two = ((tmp_path / f"{name}.{suffix}").read_bytes() for name in ("one", "two"))
    assert one == two


@pytest.mark.parametrize(
    ("out", "name", "words"),
    [
        (None, "log.txt", "expected a name that ends in .csv or .png or .svg"),
        (None, "missing/log.csv", "No such file"),
        (None, "folder.csv", "it is a folder"),
        ("m.npz", "same.csv", "it is read as well; name another file"),
        (None, "rows.csv", "it is read as well; name another file"),
    ],
)
def test_a_log_that_cannot_be_written_is_refused_before_any_work(tmp_path, out, name, words):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "m.npz").write_bytes(b"old")
    (tmp_path / "same.csv").symlink_to(tmp_path / "m.npz")
    (tmp_path / "rows.csv").write_text("no data, so that reading them would be another error")
    with pytest.raises(OutputError, match=words):
        train(tmp_path / "rows.csv", out and tmp_path / out, log=tmp_path / name)
    assert (tmp_path / "m.npz").read_bytes() == b"old"


def test_model_and_log_are_written_together_or_not_at_all(few, tmp_path):
    for name in ("m.npz", "log.csv"):
        (tmp_path / name).write_bytes(b"old")

    def break_off(progress):
        if progress.task == "measuring" and progress.done == progress.total:
            raise KeyboardInterrupt

    both = few, tmp_path / "m.npz", TrainingConfig(epochs=1)
    with pytest.raises(KeyboardInterrupt):
        train(*both, progress=break_off, log=tmp_path / "log.csv")
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"old"}
    train(*both, log=tmp_path / "log.csv")
    assert {path.name for path in tmp_path.iterdir()} == {"m.npz", "log.csv"}
    assert b"old" not in {path.read_bytes() for path in tmp_path.iterdir()}
