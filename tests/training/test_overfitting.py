"""A training film shows training and unseen images apart; its title and length are as asked."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

import mnistviz
import tracks
import webvtt
from frames import decode_rgb
from mnistviz import Encoding, PictureConfig, Timing, TrainingConfig
from mnistviz.config import THEME_NAMES
from mnistviz.datasets.aside import with_validation
from mnistviz.datasets.dataset import Split
from mnistviz.drawing.geometry import cap_height
from mnistviz.drawing.raster import rasterise
from mnistviz.drawing.scene import Rectangle, Text
from mnistviz.drawing.theme import THEMES
from mnistviz.errors import LayoutError
from mnistviz.language.language import ENGLISH
from mnistviz.model.watch import Scores, watch_training
from mnistviz.progress import silent
from mnistviz.training import words
from mnistviz.training.arrange import arrange
from mnistviz.training.composer import TrainingComposer

SIZE = (1280, 720)
BY_HEART = TrainingConfig(epochs=6, smoothness=0, validation_share=0.3)
TITLE = "Learnt by heart"


@pytest.fixture(scope="module")
def few(digits):
    train = Split(digits.train.images[:300], digits.train.labels[:300])
    return replace(digits, train=train, test=Split(digits.test.images[:9], digits.test.labels[:9]))


@pytest.fixture(scope="module")
def moments(few):
    """Of a training on 210 digits, with 90 to validate with."""
    return watch_training(with_validation(few, 0.3, 0), BY_HEART, silent)


def composer_of(data, moments, picture):
    data = with_validation(data, 0.3, 0)
    layout = arrange(data, BY_HEART, picture)
    return TrainingComposer.of(
        moments, BY_HEART, words.footer(ENGLISH, data, BY_HEART), layout, picture
    )


@pytest.fixture(scope="module", params=THEME_NAMES)
def last(few, moments, request):
    """The composer, its theme, and the last frame."""
    composer = composer_of(few, moments, PictureConfig(SIZE, request.param))
    frame = rasterise(composer.scene(moments[-1]))
    return composer, THEMES[request.param], frame


def tops(frame, plot, colour):
    """Return how far down the topmost pixel of a colour is in each column; -1 where none is."""
    region = frame[plot.y : plot.y + plot.height, plot.x : plot.x + plot.width]
    alike = (region == np.array(colour)).all(axis=2)
    return np.where(alike.any(axis=0), alike.argmax(axis=0), -1)


@pytest.mark.parametrize("which", [0, 1])
def test_both_charts_have_a_solid_and_a_dashed_curve_at_their_values(last, moments, which):
    composer, theme, frame = last
    plot, line = composer.layout.charts[which].plot, composer.layout.line
    end = moments[-1]
    assert end.trained.accuracy > end.unseen.accuracy + 0.1
    assert end.trained.cross_entropy < end.unseen.cross_entropy - 0.5
    full = 1 if which == 0 else max(max(m.unseen[1], m.trained[1]) for m in moments)
    for scores, colour, dashed in (
        (end.unseen, theme.ink, False),
        (end.trained, theme.muted, True),
    ):
        found = tops(frame, plot, colour)[-60:]
        assert (found < 0).any() == dashed
        there = found[found >= 0]
        assert np.abs(there - (plot.height - line) * (1 - scores[which] / full)).max() <= 3
        gaps = np.diff(np.nonzero(found < 0)[0]) if dashed else np.array([])
        assert not dashed or (gaps > 1).any()  # more than one gap


def test_curves_are_named_next_to_a_piece_of_each_with_the_numbers_of_the_frame(last, moments):
    composer, theme, frame = last
    texts = [it for it in composer.scene(moments[-1]).elements if isinstance(it, Text)]
    by_place = {(it.x, it.baseline): it.text for it in texts}
    for chart, number in zip(composer.layout.charts, ("{:.1%}", "{:.3f}"), strict=True):
        for label, name, colour, scores in zip(
            chart.labels,
            ("validation", "training"),
            (theme.ink, theme.muted),
            (moments[-1].unseen, moments[-1].trained),
            strict=True,
        ):
            assert by_place[label.name.x, label.name.baseline] == name
            value = scores[composer.layout.charts.index(chart)]
            said = by_place[label.number.x, label.number.baseline].replace(" ", "")
            assert said == number.format(value)
            x, y, width, height = label.sample
            piece = (frame[y : y + height, x : x + width] == np.array(colour)).all(axis=2)
            assert piece.all() == (name == "validation")
            assert 0.5 < piece.mean() <= 1


def test_no_curve_leaves_its_plot_whichever_part_is_the_worse(few, moments):
    worse = [replace(it, trained=Scores(1.0, 2 * it.unseen.cross_entropy)) for it in moments]
    for trained in (moments, worse):
        composer = composer_of(few, trained, PictureConfig(SIZE))
        for chart in composer.layout.charts:
            plot = chart.plot
            pieces = [
                it
                for it in composer.scene(trained[-1]).changing
                if isinstance(it, Rectangle) and plot.x <= it.x < plot.x + plot.width
            ]
            assert min(it.y for it in pieces) >= plot.y
            assert max(it.y + it.height for it in pieces) <= plot.y + plot.height


def test_labels_stand_next_to_their_plot_in_frames_of_all_shapes(few):
    for size in ((640, 360), (1080, 1920), (1080, 1350), (1080, 1080), (3840, 2160)):
        layout = arrange(few, BY_HEART, PictureConfig(size))
        for chart in layout.charts:
            first, second = chart.labels
            assert second.name.baseline - cap_height(layout.text.footer) >= first.number.baseline
            for label in chart.labels:
                top = label.number.baseline - cap_height(layout.text.number)
                assert top >= label.name.baseline
                assert label.sample.x >= chart.plot.x + chart.plot.width
                assert chart.title.baseline - layout.text.label < label.sample.y
                assert label.number.baseline <= chart.axis.baseline
                assert label.number.x + 5 * 0.7 * layout.text.number < size[0]


def test_a_title_stands_above_everything_in_the_film_and_is_its_title(few, tmp_path):
    picture = PictureConfig((640, 360), title=TITLE)
    done = mnistviz.render_training(
        few, tmp_path / "v.mp4", BY_HEART, Encoding(5, captions=True, poster=True), picture,
        timing=Timing(duration=3),
    )  # fmt: skip
    assert tracks.tags(done.path)["title"] == TITLE
    layout = arrange(few, BY_HEART, picture)
    assert layout.banner.baseline < layout.header.baseline
    first, last = decode_rgb(done.path, (640, 360), [0, -1])
    high = layout.text.banner
    for frame in (first, last):
        y, x = layout.banner.baseline, layout.banner.x
        assert frame[y - high : y, x : x + 5 * high].max() > 200
    (*_, (_, _, said)) = webvtt.parse(done.captions.read_text(encoding="utf-8"))
    assert "of 90 validation digits right" in said


def test_a_title_that_is_too_long_is_refused_before_the_training(few, tmp_path):
    def fail(progress):
        raise AssertionError(progress)

    picture = PictureConfig((640, 360), title=200 * "W")
    with pytest.raises(LayoutError, match="shorten it"):
        mnistviz.render_training(few, tmp_path / "v.mp4", picture=picture, progress=fail)


@pytest.mark.parametrize(("seconds", "rate"), [(3, 10), (0.6, 5), (7.5, 2)])
def test_a_film_has_its_duration_and_in_the_last_sixth_the_trained_model(
    few, tmp_path, seconds, rate
):
    done = mnistviz.render_training(
        few, tmp_path / "v.mp4", BY_HEART, Encoding(rate, quality="draft"),
        PictureConfig((640, 360)), timing=Timing(duration=seconds),
    )  # fmt: skip
    assert done.seconds == seconds
    frames = round(seconds * rate)
    held = max(1, round(frames / 6))
    pictures = decode_rgb(done.path, (640, 360))
    assert len(pictures) == frames
    changes = [np.abs(a - b)[:230].max() > 40 for a, b in pairwise(pictures)]
    assert changes[frames - held - 2]  # to the trained model
    assert not any(changes[frames - held - 1 :])


@pytest.mark.parametrize(
    ("seconds", "rate", "least", "most"), [(3, 10, 210, 300), (60, 30, 310, 421), (60, 5, 200, 250)]
)
def test_a_longer_film_shows_more_of_the_steps_if_it_has_more_pictures(
    few, tmp_path, seconds, rate, least, most
):
    measured = []

    def stop(progress):
        if progress.task == "rendering":
            raise KeyboardInterrupt
        if progress.task == "measuring":
            measured.append(progress.total)

    with pytest.raises(KeyboardInterrupt):
        mnistviz.render_training(
            few, tmp_path / "v.mp4", BY_HEART, Encoding(rate), PictureConfig((640, 360)),
            progress=stop, timing=Timing(duration=seconds),
        )  # fmt: skip
    assert least < len(measured) <= most


@pytest.mark.parametrize("size", [(640, 360), (1080, 1920), (800, 600), (1920, 1080)])
@pytest.mark.parametrize("title", ["", TITLE])
def test_nothing_is_cut_off_by_the_edge_of_the_frame(few, moments, size, title):
    scene = composer_of(few, moments, PictureConfig(size, title=title)).scene(moments[-1])
    boxes = [it for it in scene.elements if hasattr(it, "height")]
    assert min(it.x for it in boxes) >= 0
    assert max(it.x + it.width for it in boxes) <= size[0]
    assert min(it.y for it in boxes) >= 0
    assert max(it.y + it.height for it in boxes) <= size[1]
