"""What `import mnistviz` gives."""

import os
import subprocess
import sys
from inspect import signature

import numpy as np
import pytest

import mnistviz
from idx_files import write_dataset

SMALL = mnistviz.PictureConfig(size=(640, 360))


@pytest.fixture(scope="module")
def little(tmp_path_factory):
    """A set of images of 4×6 pixels."""
    return mnistviz.load(str(write_dataset(tmp_path_factory.mktemp("data") / "little")))


def test_three_lines_give_a_film_and_print_nothing(tmp_path):
    program = (
        "import mnistviz\n"
        "digits = mnistviz.load()\n"
        "model = mnistviz.train(digits)\n"
        "mnistviz.render(digits, model, 'video.mp4', mnistviz.Selection(count=1))"
    )
    printed = subprocess.check_output(
        [sys.executable, "-c", program], cwd=tmp_path, stderr=subprocess.STDOUT
    )
    assert printed == b""
    assert (tmp_path / "video.mp4").stat().st_size > 10_000


def test_progress_is_reported_for_every_epoch_and_every_image(little, tmp_path):
    reports = []
    four, out = mnistviz.Selection(count=4), tmp_path / "v.gif"
    mnistviz.render(little, None, out, four, picture=SMALL, progress=reports.append)
    steps = [(each.task, each.done, each.total) for each in reports]
    epochs = mnistviz.TrainingConfig.epochs
    training = [("training", epoch, epochs) for epoch in range(1, epochs + 1)]
    assert steps == training + [("rendering", image, 4) for image in range(1, 5)]
    assert reports[0].note.startswith("cross-entropy ")


def test_a_model_file_is_always_the_same_and_holds_model_and_training(little, tmp_path):
    config = mnistviz.TrainingConfig(epochs=2, seed=7)
    trained = mnistviz.train(little, tmp_path / "m.npz", config)
    kept = mnistviz.read_model(tmp_path / "m.npz")
    mnistviz.train(little, tmp_path / "again.npz", config)
    assert (tmp_path / "again.npz").read_bytes() == (tmp_path / "m.npz").read_bytes()
    assert (kept.model.weights == trained.model.weights).all()
    assert np.abs(kept.model.weights.mean(axis=1)).max() < 1e-6
    assert (kept.training["epochs"], kept.training["seed"]) == (2, 7)
    assert kept.training["dataset"] == "little"
    assert 0 <= kept.training["test_accuracy"] <= 1


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_a_still_is_the_same_file_each_time_and_an_svg_has_the_size_in_pixels(
    little, tmp_path, kind
):
    model = mnistviz.train(little)
    first, second = (tmp_path / f"{n}.{kind}" for n in (1, 2))
    for out in (first, second):
        mnistviz.still(little, 3, out, model, SMALL)
    assert first.read_bytes() == second.read_bytes()
    assert kind != "svg" or 'width="640" height="360"' in first.read_text()


def test_the_users_matplotlib_settings_do_not_reach_the_picture(little, tmp_path):
    import matplotlib as mpl

    model = mnistviz.train(little)
    mnistviz.still(little, 3, tmp_path / "plain.png", model, SMALL)
    wild = {"font.size": 30, "savefig.bbox": "tight", "savefig.dpi": 31, "axes.facecolor": "red",
            "text.hinting": "force_autohint", "savefig.facecolor": "red", "path.sketch": (9, 9, 9),
            "figure.autolayout": True, "text.antialiased": False}  # fmt: skip
    with mpl.rc_context(wild):
        mnistviz.still(little, 3, tmp_path / "wild.png", model, SMALL)
    assert (tmp_path / "plain.png").read_bytes() == (tmp_path / "wild.png").read_bytes()


def test_every_name_that_is_promised_is_there_and_no_other():
    for name in mnistviz.__all__:
        assert getattr(mnistviz, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        mnistviz.nonsense  # noqa: B018


@pytest.mark.parametrize(
    ("config", "values", "message"),
    [
        (mnistviz.Selection, {"count": 2.5}, r"count must be a whole number \(got 2\.5\)"),
        (mnistviz.Encoding, {"frame_rate": 29.97}, "frame rate must be a whole number"),
        (mnistviz.PictureConfig, {"size": "640x360"}, "size must be width and height"),
        (mnistviz.Encoding, {"quality": "best"}, "quality must be one of draft, standard"),
        (mnistviz.Selection, {"order": "sorted"}, "order must be one of shuffled, file"),
    ],
)
def test_an_impossible_value_is_refused_where_it_is_given(config, values, message):
    with pytest.raises(mnistviz.MnistvizError, match=message):
        config(**values)


def test_a_film_without_a_name_is_video_or_training_in_mp4():
    names = {"render": "video.mp4", "render_training": "training.mp4"}
    for function, name in names.items():
        assert signature(getattr(mnistviz, function)).parameters["out"].default == name


def test_an_error_of_the_progress_callback_comes_through_as_it_is(little, tmp_path):
    def fail(progress):
        raise ValueError("mine")

    model = mnistviz.train(little)
    two, out = mnistviz.Selection(count=2), tmp_path / "v.gif"
    with pytest.raises(ValueError, match=r"^mine$"):
        mnistviz.render(little, model, out, two, picture=SMALL, progress=fail)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def one_core():
    """Return what takes all cores but one off this process, where the system can do that."""
    if not hasattr(os, "sched_setaffinity"):
        yield lambda: None
        return
    cores = os.sched_getaffinity(0)
    yield lambda: os.sched_setaffinity(0, {min(cores)})
    os.sched_setaffinity(0, cores)


@pytest.mark.parametrize("quality", ["draft", "standard", "master"])
def test_the_same_film_is_the_same_file_on_one_core_too(little, tmp_path, quality, one_core):
    model = mnistviz.train(little)
    four, encoding = mnistviz.Selection(count=4), mnistviz.Encoding(quality=quality)
    hashes = []
    for name in ("all.mp4", "one.mp4"):
        done = mnistviz.render(
            little, model, tmp_path / name, four, encoding=encoding, picture=SMALL, hashed=True
        )
        hashes.append((done.drawn_sha256, (tmp_path / name).read_bytes()))
        one_core()
    assert hashes[0] == hashes[1]
