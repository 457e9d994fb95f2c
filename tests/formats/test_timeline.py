import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnistviz.errors import OptionError
from mnistviz.formats.timeline import Timeline

timelines = st.builds(
    Timeline,
    images=st.integers(1, 500),
    seconds_per_image=st.integers(42, 5_000).map(lambda thousandths: thousandths / 1000),
    frame_rate=st.sampled_from([24, 25, 30, 50, 60]),
    transition=st.integers(0, 42).map(lambda thousandths: thousandths / 1000),
)


@given(timelines)
def test_a_film_is_as_long_as_its_images_to_half_a_frame(timeline):
    exact = timeline.images * Fraction(str(timeline.seconds_per_image)) * timeline.frame_rate
    assert timeline.frames == math.floor(exact + Fraction(1, 2))
    assert timeline.seconds == timeline.frames / timeline.frame_rate


@given(timelines)
def test_pictures_start_one_after_another_within_the_film(timeline):
    starts = [timeline.start(picture) for picture in range(timeline.pictures)]
    assert starts[0] == 0
    assert all(one < other for one, other in pairwise(starts))
    assert starts[-1] < timeline.frames


def test_each_image_begins_with_its_transition_and_the_first_has_none():
    timeline = Timeline(3, 1, 30, 0.25)
    assert timeline.pictures_per_image == 8
    starts = [timeline.start(picture) for picture in range(timeline.pictures)]
    assert starts == [0, *range(30, 38), *range(60, 68)]


@pytest.mark.parametrize(
    ("transition", "pictures"),
    [(0, 1), (0.01, 1), (0.05, 2), (0.25, 8), (0.2833, 8), (0.284, 9), (1, 30)],
)
def test_a_transition_is_rounded_to_whole_frames(transition, pictures):
    assert Timeline(2, 1, 30, transition).pictures_per_image == pictures


def test_a_transition_of_the_whole_time_leaves_no_hold_and_loses_no_picture():
    timeline = Timeline(3, Fraction(15, 100), 30, 0.15)
    starts = [timeline.start(picture) for picture in range(timeline.pictures)]
    assert len(set(starts)) == len(starts)
    assert starts[-1] < timeline.frames


@pytest.mark.parametrize("transition", [-0.1, 1.01, float("nan"), float("inf")])
def test_a_transition_longer_than_the_image_is_refused(transition):
    with pytest.raises(OptionError, match=rf"transition must be from 0 to 1 s.*got {transition}"):
        Timeline(3, 1, 30, transition)


@pytest.mark.parametrize("seconds", [0, -1.0, 0.0333, float("inf"), float("nan")])
def test_an_image_shorter_than_a_frame_is_refused(seconds):
    with pytest.raises(OptionError, match=rf"at least 1/30, one frame \(got {seconds}\)"):
        Timeline(60, seconds, 30)


def test_a_third_of_a_second_is_a_third():
    assert Timeline(3_000_000, 1 / 3, 30).frames == 30_000_000


def test_a_film_longer_than_a_file_can_count_is_refused():
    assert Timeline(2**32 - 1, 1, 1).frames == 2**32 - 1
    with pytest.raises(OptionError, match=r"4294967296 frames.*take fewer or shorter"):
        Timeline(2**32, 1, 1)


def test_a_film_of_no_images_is_refused():
    with pytest.raises(OptionError, match=r"at least 1 image \(got 0\)"):
        Timeline(0, 1, 30)
