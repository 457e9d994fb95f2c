"""Frames that are held in H.264: each its picture to the bit, and an unusual stream is refused."""

import hashlib
import subprocess
from itertools import groupby, pairwise

import av
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from frames import as_yuv, decode, write_pictures
from mnistviz.formats import mp4
from mnistviz.formats.codecs import H264
from mnistviz.formats.ffmpeg import find_ffmpeg
from mnistviz.formats.h264 import UnexpectedStreamError
from mnistviz.formats.holds import key_pictures, with_holds
from mnistviz.formats.mp4 import Mp4
from mnistviz.formats.timeline import Timeline

SIZE = (64, 48)
FILM = Mp4(SIZE, Timeline(4, 1.2, 30, 0.1))
FRAMES = FILM.timeline.frames_of(0, FILM.timeline.pictures)


def noise(count, size=SIZE):
    """Return pictures in yuv420p that have little in common."""
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 256, (count, size[1] // 2, size[0] // 2, 3), np.uint8)
    return [as_yuv(each.repeat(2, axis=0).repeat(2, axis=1)) for each in coarse]


def by_ffmpeg(path):
    """Return a hash of each frame."""
    command = [find_ffmpeg(), "-v", "error", "-i", path, "-fps_mode", "passthrough"]
    hashes = subprocess.check_output([*command, "-f", "framemd5", "-"], text=True)
    return [line.split(",")[-1].strip() for line in hashes.splitlines() if line[0] != "#"]


def by_pyav(path):
    """Return a hash of each frame."""
    with av.open(path) as film:
        frames = (frame.to_ndarray(format="yuv420p") for frame in film.decode(video=0))
        return [hashlib.md5(frame.tobytes()).hexdigest() for frame in frames]


def key_frames(path):
    with av.open(path) as film:
        packets = [packet for packet in film.demux(video=0) if packet.size]
        return [number for number, packet in enumerate(packets) if packet.is_keyframe]


@settings(max_examples=12)
@given(
    half=st.tuples(st.integers(1, 70), st.integers(1, 40)),
    images=st.integers(1, 6),
    seconds=st.sampled_from([1 / 30, 0.1, 0.5, 0.71, 3.0]),
    transition=st.sampled_from([0, 0.1]),
    quality=st.sampled_from(sorted(H264)),
    segments=st.integers(1, 3),
)
@example((960, 540), 2, 2.5, 0, "standard", 1)
def test_every_held_frame_is_its_picture_to_the_bit(
    tmp_path_factory, half, images, seconds, transition, quality, segments
):
    size = (2 * half[0], 2 * half[1])
    timeline = Timeline(images, seconds, 30, min(transition, seconds))
    film = Mp4(size, timeline, H264[quality], key_seconds=1)
    pictures = noise(timeline.pictures, size)
    folder, cuts = tmp_path_factory.mktemp("film"), min(segments, len(pictures))
    path = write_pictures(folder / "film", film, pictures, segments=cuts)
    frames = timeline.frames_of(0, timeline.pictures)
    decoded = by_ffmpeg(path)
    assert decoded == by_pyav(path)
    assert [len([*run]) for _, run in groupby(decoded)] == [*frames]
    keys = [*key_frames(path), timeline.frames]
    assert keys[0] == 0
    assert max(after - key for key, after in pairwise(keys)) <= 30 + (cuts > 1)  # where two meet


@given(frames=st.lists(st.integers(1, 50), min_size=1, max_size=30), most=st.integers(2, 40))
def test_the_last_frame_of_a_segment_is_no_key_frame_since_the_next_one_is(frames, most):
    starts = [sum(frames[:place]) for place in key_pictures(frames, most)]
    assert starts[0] == 0
    assert sum(frames) - 1 not in starts[1:]


def test_a_player_that_seeks_to_any_frame_finds_its_picture(tmp_path):
    path = write_pictures(tmp_path / "film", FILM, noise(len(FRAMES)))
    frames = by_pyav(path)
    with av.open(path) as film:
        (stream,) = film.streams.video
        for number in (0, 1, 59, 60, 61, 100, 143):
            film.seek(round(number / 30 / stream.time_base), stream=stream)
            times = (
                (round(frame.time * 30), frame.to_ndarray(format="yuv420p").tobytes())
                for frame in film.decode(stream)
            )
            shown = next(shown for time, shown in times if time == number)
            assert hashlib.md5(shown).hexdigest() == frames[number]


# --- streams that are not as expected


@pytest.fixture(scope="module")
def stream():
    """The stream that x264 writes for `with_holds`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mp4, "with_holds", lambda stream, frames, most: stream)
        return FILM.encoded(FRAMES, lambda: noise(len(FRAMES))).data


@pytest.mark.parametrize(
    "unusual",
    [
        "bframes=2",
        "ref=3",
        "slices=2",
        "interlaced=1",
        "fake-interlaced=1",
        "aud=1",
        "scenecut=40:keyint=250",
    ],
)
def test_what_an_encoder_does_otherwise_costs_time_and_no_frame(tmp_path, unusual):
    film = Mp4(SIZE, FILM.timeline, (*H264["standard"], "-x264-params", unusual))
    pictures = noise(len(FRAMES))
    made = film.encoded(FRAMES, lambda: pictures)
    assert made.note.startswith("every frame is encoded, which takes longer")
    (tmp_path / "segment").write_bytes(made.data)
    parts = [mp4.Part(tmp_path / "segment", FRAMES)]
    film.join(parts, tmp_path / "film", mp4.Tracks())
    film.verify(tmp_path / "film", parts)
    shown = [frame.luma for frame in decode(tmp_path / "film", SIZE)]
    for luma, number in zip(shown, np.repeat(range(len(FRAMES)), FRAMES), strict=True):
        assert np.abs(luma.ravel() - pictures[number][: luma.size]).mean() < 8


DAMAGE = st.tuples(
    st.integers(0, 60) | st.integers(0, 10**6),
    st.sampled_from(["cut", "flip", "lose", "insert"]),
    st.integers(0, 40),
)


@settings(max_examples=200)
@given(damage=st.lists(DAMAGE, min_size=1, max_size=3))
def test_a_damaged_stream_is_refused_or_has_all_its_frames(stream, damage):
    damaged = stream
    for place, kind, more in damage:
        place %= len(damaged) + 1
        before, after = damaged[:place], damaged[place:]
        damaged = {
            "cut": before,
            "flip": before + bytes(byte ^ 1 << more % 8 for byte in after[:1]) + after[1:],
            "lose": before + after[more:],
            "insert": before + [b"\0\0\1", b"\0\0\3", b"\0\0\1\x65", b"\0"][more % 4] + after,
        }[kind]
    try:
        held = with_holds(damaged, FRAMES, FILM.key_frames)
    except UnexpectedStreamError:
        return
    kinds = [unit[0] & 31 for unit in held.split(b"\0\0\0\1")[1:]]
    assert len(kinds) - kinds.count(7) - kinds.count(8) == sum(FRAMES)
