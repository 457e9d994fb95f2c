import math
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
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

ending = timelines.flatmap(
    lambda timeline: st.lists(
        st.integers(0, 200), min_size=timeline.images, max_size=timeline.images
    ).map(lambda changes: replace(timeline, changes=tuple(changes)))
)


@given(timelines)
def test_a_film_is_as_long_as_its_images_to_half_a_frame(timeline):
    exact = timeline.images * Fraction(str(timeline.seconds_per_image)) * timeline.frame_rate
    assert timeline.frames == math.floor(exact + Fraction(1, 2))
    assert timeline.seconds == timeline.frames / timeline.frame_rate


@given(timelines)
@example(Timeline(3, Fraction(15, 100), 30, 0.15))  # a transition of the whole time
def test_pictures_start_one_after_another_within_the_film(timeline):
    starts = [timeline.start(picture) for picture in range(timeline.pictures)]
    assert starts[0] == 0
    assert all(one < other for one, other in pairwise(starts))
    assert starts[-1] < timeline.frames


@settings(max_examples=20)  # each of hundreds of pictures
@given(ending)
def test_an_ending_takes_three_seconds_after_the_time_of_its_image(timeline):
    plain, late = replace(timeline, changes=()), 0
    starts = [timeline.start(picture) for picture in range(timeline.pictures)]
    assert all(one < other for one, other in pairwise([*starts, timeline.frames]))
    for image, changes in enumerate(timeline.changes):
        first, end = timeline.picture_of(image), timeline.picture_of(image + 1)
        alone = plain.picture_of(image), plain.picture_of(image + 1)
        own = [plain.start(picture) + late for picture in range(*alone)]
        assert starts[first : first + len(own)] == own
        assert timeline.text_start(image) == plain.text_start(image) + late
        counts, began = timeline.endings.counts[image], starts[first + len(own) : end]
        assert len(counts) == len(began) == min(changes, 2 * timeline.frame_rate)
        assert all(one < other for one, other in pairwise([0, *counts]))
        if changes:
            assert counts[-1] == changes
            assert began[0] == timeline.ending_start(image) == plain.start(alone[1]) + late
            assert began[-1] < began[0] + 2 * timeline.frame_rate
            late += 3 * timeline.frame_rate
    assert timeline.frames == plain.frames + late


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


def test_a_third_of_a_second_is_a_third():
    assert Timeline(120_000, 1 / 3, 30).frames == 1_200_000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        *(((3, 1, 30, transition), rf"transition must be from 0 to 1 s.*got {transition}")
          for transition in (-0.1, 1.01, float("nan"), float("inf"))),
        *(((60, seconds, 30), rf"at least 1/30, one frame \(got {seconds}\)")
          for seconds in (0, -1.0, 0.0333, float("inf"), float("nan"))),
        ((2_000_001, 1, 1), r"2000001 frames.*take fewer or shorter"),
        ((0, 1, 30), r"at least 1 image \(got 0\)"),
    ],
)  # fmt: skip
def test_a_film_that_cannot_be_is_refused_with_the_limit(arguments, message):
    with pytest.raises(OptionError, match=message):
        Timeline(*arguments)


def test_a_film_may_have_as_many_frames_as_a_file_can_count():
    assert Timeline(2_000_000, 1, 1).frames == 2_000_000
