"""The training film shows the weights after each step, and their accuracy and loss."""

import dataclasses

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import mnistviz
from alike import assert_alike, converted
from frames import Decoded, blocks, filmed, grey
from mnistviz import Encoding, PictureConfig, Timing, TrainingConfig
from mnistviz.config import WEIGHT_LOOKS
from mnistviz.datasets.dataset import Dataset, Split
from mnistviz.drawing.painter import Painter
from mnistviz.drawing.raster import rasterise
from mnistviz.drawing.scene import Text
from mnistviz.drawing.theme import THEMES
from mnistviz.errors import LayoutError, OptionError
from mnistviz.model.linear import LinearClassifier
from mnistviz.model.watch import (
    Scores,
    Snapshots,
    TrainingMoment,
    sample_of,
    step_at,
    watch_training,
)
from mnistviz.progress import silent
from mnistviz.training.arrange import arrange
from mnistviz.training.composer import TrainingComposer
from mnistviz.training.moments import reel_of
from reading import read_number

SIZE = (1280, 720)
SHORT, STEPS = TrainingConfig(epochs=1), 118  # 512 of 60,000 digits a step
LEVEL = 255 / 219  # one level of luma, in levels of grey


def set_of(classes=3, image_size=(8, 8)):
    rng = np.random.default_rng(0)
    train, test = (
        Split(
            rng.integers(0, 256, (count, *image_size), dtype=np.uint8),
            rng.integers(0, classes, count),
        )
        for count in (3, 7)
    )
    return Dataset("random", tuple("abcdefghijklmnopqrstuvwxyz"[:classes]), "image", train, test)


def composer_of(data, moments, picture):
    footer = f"{len(data.test)} images"
    return TrainingComposer.of(moments, SHORT, footer, arrange(data, SHORT, picture), picture)


@pytest.fixture(scope="module")
def moments(digits):
    """An epoch of 118 steps."""
    return watch_training(digits, SHORT, silent)


@pytest.fixture(scope="module")
def shown(moments):
    """The moments that are checked: the first, early ones, and the last."""
    return [moments[place] for place in (0, 1, 7, -1)]


@pytest.fixture(scope="module")
def composer(digits, moments):
    return composer_of(digits, moments, PictureConfig(SIZE))


@pytest.fixture(scope="module")
def frames(composer, shown, tmp_path_factory):
    """Their frames, out of a lossless film."""
    return filmed([composer.scene(moment) for moment in shown], tmp_path_factory.mktemp("training"))


def cell(frame, layout, column):
    x, y = layout.cells[column]
    return blocks(frame.grey(y, y + layout.cell[1], x, x + layout.cell[0]), layout.k)


def test_every_pixel_is_the_grey_of_its_weight_on_the_final_models_scale(
    frames, composer, shown, moments
):
    full = np.percentile(np.abs(moments[-1].model.weights), 99.5)
    for frame, moment in zip(frames, shown, strict=True):
        weights = moment.model.weights.astype(float).T.reshape(10, 28, 28)
        for column in range(10):
            levels = grey(weights[column], full)[..., None]
            assert np.abs(cell(frame, composer.layout, column) - levels).max() <= LEVEL


def test_it_begins_in_mid_grey_and_ends_with_the_model_that_train_returns(
    digits, frames, composer, moments
):
    assert np.abs(cell(frames[0], composer.layout, 3) - 128).max() <= LEVEL
    trained = mnistviz.train(digits, config=SHORT)
    assert (moments[-1].model.weights == trained.model.weights).all()
    assert (moments[-1].model.bias == trained.model.bias).all()
    assert moments[-1].unseen.accuracy == trained.training["test_accuracy"]


def test_accuracy_and_cross_entropy_are_those_of_the_weights_shown(digits, shown):
    sample = sample_of(digits.train, 10_000, SHORT.seed)
    assert len(sample) == 10_000
    for part, split in (("unseen", digits.test), ("trained", sample)):
        pixels = split.images.reshape(10_000, 784) / 255
        for moment in shown:
            logits = pixels @ moment.model.weights.astype(float) + moment.model.bias
            losses = np.log(np.exp(logits).sum(axis=1)) - logits[range(10_000), split.labels]
            hits = logits.argmax(axis=1) == split.labels
            scores = getattr(moment, part)
            assert scores.accuracy == pytest.approx(hits.mean(), abs=1e-4)
            assert scores.cross_entropy == pytest.approx(losses.mean(), rel=1e-5)
    assert shown[0].unseen.cross_entropy == pytest.approx(np.log(10))


def test_the_header_counts_steps_and_epochs(composer, shown, moments):
    last = moments[-1].step
    for moment in shown:
        texts = [it.text for it in composer.scene(moment).elements if isinstance(it, Text)]
        epoch = max(1, -(-moment.step * SHORT.epochs // last))
        header = f"step {moment.step:,} of {last:,} · epoch {epoch} of {SHORT.epochs}"
        assert texts.count(header) == 1


def test_each_curve_has_its_number(frames, composer, shown):
    for label, part, bold in zip(
        composer.layout.charts[1].labels, ("unseen", "trained"), (True, False), strict=True
    ):
        left, baseline = label.number.x, label.number.baseline
        for frame, moment in zip(frames, shown, strict=True):
            region = frame.brightness(baseline - 18, baseline + 4, left, left + 70)
            assert read_number(region, composer.layout.text.number, bold=bold) == (
                f"{getattr(moment, part).cross_entropy:.3f}"
            )


@pytest.mark.parametrize("which", [0, 1])
def test_the_curves_end_at_the_values_of_the_last_model(frames, composer, moments, which):
    place, line = composer.layout.charts[which].plot, composer.layout.line
    value = (moments[-1].unseen.accuracy, moments[-1].unseen.cross_entropy / np.log(10))[which]
    bottom, right = place.y + place.height, place.x + place.width
    end = frames[-1].brightness(place.y, bottom, right - 2, right)
    (ink,) = np.nonzero(end[:, 0] > 200)
    assert ink[0] == pytest.approx((place.height - line) * (1 - value), abs=2)


def test_the_curves_grow_with_the_film_as_the_square_root_of_the_step(frames, composer, shown):
    place = composer.layout.charts[0].plot
    for frame, moment in zip(frames, shown, strict=True):
        bottom = place.y + place.height
        row = frame.brightness(bottom - 6, bottom - 4, place.x, place.x + place.width)
        assert (row[0] > 40).sum() == pytest.approx(
            place.width * np.sqrt(moment.step / STEPS), abs=2
        )


def test_steps_follow_slowly_at_first_and_the_last_is_held(moments):
    steps = [moment.step for moment in reel_of(moments, 300, 60)]
    assert len(steps) == 360
    assert (steps[0], steps[299:]) == (0, [STEPS] * 61)
    assert steps == sorted(steps)
    assert steps[150] <= STEPS / 4
    assert [step_at(place, 10, 1000) for place in (0, 1, 5, 10)] == [0, 10, 250, 1000]


def test_large_images_keep_fewer_snapshots():
    snapshots = Snapshots(300)
    weights, bias = np.zeros((4096, 26), np.float32), np.zeros(26, np.float32)
    for step in range(1000):
        snapshots(step, 1000, weights, bias)
    kept = sum(w.nbytes + b.nbytes for w, b in snapshots.kept.values())
    assert 2**25 < kept <= 2**26


@settings(max_examples=3, phases=[Phase.generate])
@given(
    st.tuples(st.integers(400, 550), st.integers(300, 400)).map(lambda s: (2 * s[0], 2 * s[1])),
    st.sampled_from(sorted(THEMES)),
    st.sampled_from([(28, 28), (8, 8), (20, 16), (27, 28)]),
    st.integers(2, 26),
    st.integers(0, 2**32 - 1),
    st.sampled_from(WEIGHT_LOOKS),
)
def test_the_painter_paints_what_matplotlib_draws(size, theme, image_size, classes, seed, weights):
    weights = "gray" if theme == "print" else weights
    data, rng = set_of(classes, image_size), np.random.default_rng(seed)
    shape = image_size[0] * image_size[1], classes
    moments = tuple(
        TrainingMoment(
            step,
            LinearClassifier(
                rng.normal(0, 1, shape).astype(np.float32), np.zeros(classes, np.float32)
            ),
            Scores(*rng.random(2)),
            Scores(*rng.random(2)),
        )
        for step in (0, 3, 4, 90, 1234)
    )
    composer = composer_of(data, moments, PictureConfig(size, theme, weights=weights))
    painter = Painter(composer.scene(moments[0]))
    for moment in moments[1:4]:
        painted = painter.paint(scene := composer.scene(moment))
    assert (painted == Painter(scene).paint(scene)).all()
    assert_alike(Decoded(painted.copy(), size), converted(rasterise(scene)), scene)


@pytest.mark.parametrize(("suffix", "classes"), [("mp4", 2), ("gif", 26)])
def test_a_set_of_three_images_gives_the_same_film_each_time(tmp_path, suffix, classes):
    hashes, rate = [], Encoding() if suffix == "gif" else Encoding(frame_rate=5)
    for name in ("one", "two"):
        out = tmp_path / f"{name}.{suffix}"
        done = mnistviz.render_training(
            set_of(classes), out, SHORT, rate, PictureConfig((640, 480)),
            hashed=True,
        )  # fmt: skip
        hashes.append((done.drawn_sha256, out.read_bytes()))
        assert (done.steps, done.seconds) == (3, 12)
    assert hashes[0] == hashes[1]


def test_an_error_while_rendering_leaves_the_old_film(tmp_path):
    def fail(progress):
        if (progress.task, progress.done) == ("rendering", 2):
            raise KeyboardInterrupt

    (tmp_path / "v.mp4").write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        mnistviz.render_training(
            set_of(), tmp_path / "v.mp4", SHORT, picture=PictureConfig((640, 360)), progress=fail
        )
    assert (tmp_path / "v.mp4").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"picture": PictureConfig(palette="blue-orange")}, "has no palette"),
        ({"picture": PictureConfig(title="学习")}, "letters that its typefaces lack"),
        ({"timing": Timing(seconds_per_image=1)}, "give its duration alone"),
        ({"timing": Timing(loop=True)}, "give its duration alone"),
        ({"timing": Timing(duration=0)}, r"at least 0\.1 s, 3 pictures \(got 0 s\)"),
        ({"timing": Timing(duration=np.nan)}, r"\(got nan s\)"),
        ({"timing": Timing(duration=np.inf)}, r"\(got inf s\)"),
        ({"timing": Timing(duration=1e6)}, "are 30000000 frames, more than"),
    ],
)
def test_what_a_training_film_cannot_have_is_refused_before_the_training(
    tmp_path, options, message
):
    with pytest.raises(OptionError, match=message):
        mnistviz.render_training("missing", tmp_path / "v.mp4", **options)


def test_a_size_that_is_too_small_is_refused_with_one_that_is_not(tmp_path):
    data = set_of(26, (64, 64))
    with pytest.raises(LayoutError, match=r"26 classes of 64×64 .* into 480x270; try ") as error:
        arrange(data, SHORT, PictureConfig((480, 270)))
    width, height = str(error.value).rsplit(" ", 1)[1].split("x")
    arrange(data, SHORT, PictureConfig((int(width), int(height))))


def test_names_of_any_length_leave_the_grid_in_the_frame():
    names = tuple(f"{n} a very long name" for n in "0123456789")
    data = dataclasses.replace(set_of(10), classes=names)
    layout = arrange(data, SHORT, PictureConfig((640, 360)))
    assert all(x + layout.cell[0] <= 640 for x, _ in layout.cells)


def test_charts_next_to_a_high_grid_reach_as_far_down_as_it_does():
    layout = arrange(set_of(10, (28, 28)), SHORT, PictureConfig((1080, 1350)))
    upper, lower = layout.charts
    assert lower.outer >= layout.cells[1][0] + layout.cell[0]
    assert lower.axis.baseline >= layout.cells[-1][1] + layout.cell[1] - 2
    assert lower.title.baseline - upper.axis.baseline < upper.plot.height / 4
