"""Films written through ffmpeg: exact times and colours, and an ffmpeg that fails."""

import os
import re
import signal
import struct
import subprocess
import sys
import time
import tracemalloc
from contextlib import nullcontext
from fractions import Fraction
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

import tracks
from frames import LOSSLESS, decode, write, write_pictures
from mnistviz.errors import OptionError, VideoError
from mnistviz.formats import codecs
from mnistviz.formats.ffmpeg import find_ffmpeg
from mnistviz.formats.gif import GIF_RATE, Gif
from mnistviz.formats.mp4 import Mp4
from mnistviz.formats.png_folder import Pngs
from mnistviz.formats.timeline import Timeline
from mnistviz.formats.webm import WebM
from mnistviz.formats.webp import WebP

SMALL = (16, 16)
ONE = Mp4(SMALL, Timeline(1, 1, 30))
GREEN, ORANGE = (0, 158, 115), (230, 159, 0)

posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for ffmpeg is a shell script")
not_windows = pytest.mark.skipif(os.name == "nt", reason="no such name on Windows")


def flat(colour, size=SMALL):
    return np.full((size[1], size[0], 3), colour, np.uint8)


def write_film(path, pictures, seconds=1, rate=30, kind=Mp4, **more):
    height, width, _ = pictures[0].shape
    timeline = Timeline(len(pictures), seconds, rate)
    return write(path, kind((width, height), timeline, **more), pictures)


write_gif = partial(write_film, rate=GIF_RATE, kind=Gif)


def gif_frames(path):
    with Image.open(path) as gif:
        for number in range(gif.n_frames):
            gif.seek(number)
            yield np.asarray(gif.convert("RGB")), gif.info["duration"]


def script(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def pids(tmp_path, monkeypatch):
    """Log the process id of every ffmpeg that is started; return a reader of the log."""
    log = tmp_path / "pids"
    wrapper = script(tmp_path / "ffmpeg", f'echo $$ >> "{log}"\nexec "{find_ffmpeg()}" "$@"')
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(wrapper))

    def read():
        while not log.exists() or not log.read_text():  # it is starting
            time.sleep(0.01)
        return [int(pid) for pid in log.read_text().split()]

    return read


def is_there(pid):
    """Whether a process exists, running or as a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


# --- times and colours


@settings(max_examples=10)
@given(
    times=st.tuples(
        st.integers(1, 8),
        st.integers(42, 400).map(lambda thousandths: thousandths / 1000),
        st.sampled_from([24, 25, 30, 50, 60]),
        st.sampled_from([0, 0.042]),
    ),
)
@example((60, 1.0, 30, 0))
@example((7, 0.35, 30, 0))  # of a length that is no whole millisecond
@example((25, 0.0334, 30, 0))
@example((9, 0.123457, 60, 0))
@example((1, 7.0, 24, 0))
@example((4, 1.0, 30, 0.25))
@example((3, 0.1, 60, 0.1))  # all of its time
@example((3, 5.0, 7, 0.3))  # a rate that divides no round number, and key frames in a hold
def test_each_picture_starts_at_its_frame_and_the_last_is_held_in_full(tmp_path_factory, times):
    timeline = Timeline(*times)
    film = Mp4(SMALL, timeline, LOSSLESS)
    drawn = [flat(4 * n) for n in range(timeline.pictures)]
    segments = min(3, timeline.pictures)
    path = write(tmp_path_factory.mktemp("film") / "film", film, drawn, segments=segments)
    length = Fraction(timeline.frames, timeline.frame_rate)
    assert tracks.lengths(path) == [length] * 3
    starts = [*map(timeline.start, range(timeline.pictures)), timeline.frames]
    shown = [n for n, (start, end) in enumerate(pairwise(starts)) for _ in range(start, end)]
    levels = [frame.grey(0, 16, 0, 16).mean() for frame in decode(path, SMALL, fps_mode="cfr")]
    assert [round(level / 4) for level in levels] == shown
    (samples,) = struct.unpack_from(">I", tracks.header(path, b"stsz"), 8)
    assert samples == timeline.frames


def test_without_loss_greys_colours_and_sharp_edges_are_within_a_level(tmp_path):
    quarters, stripes = flat(128, (64, 64)), flat(0, (64, 64))
    quarters[:32, 32:], quarters[32:, :32], quarters[32:, 32:] = GREEN, ORANGE, 255
    greys = np.arange(256, dtype=np.uint8).reshape(16, 16)
    ramp = greys.repeat(4, axis=0).repeat(4, axis=1)[..., None].repeat(3, axis=2)
    stripes[:, ::2] = 255
    pictures = [quarters, ramp, stripes, quarters[:, ::-1]]
    film = write_film(tmp_path / "film", pictures, 0.1, encoder=LOSSLESS)
    for frame, picture in zip(decode(film, (64, 64), every=3), pictures, strict=True):
        assert frame.error(picture, 0, 64, 0, 64) <= 1


def test_a_picture_that_is_a_view_is_written_as_it_looks(tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, ONE.picture_shape, np.uint8)
    for name, picture in (("view", noise[::-1]), ("copy", noise[::-1].copy())):
        write_pictures(tmp_path / name, ONE, [picture])
    assert (tmp_path / "view").read_bytes() == (tmp_path / "copy").read_bytes()


# --- what a caller can get wrong


@pytest.mark.parametrize("size", [(15, 16), (16, 15), (0, 16), (-2, 16)])
@pytest.mark.parametrize("kind", [Mp4, Gif])
def test_an_odd_or_empty_size_is_refused(size, kind):
    with pytest.raises(VideoError, match=rf"must be even \(got {size[0]}x{size[1]}\)"):
        kind(size, Timeline(1, 1, GIF_RATE))


@pytest.mark.parametrize(
    "picture",
    [
        np.zeros((16, 18, 3), np.uint8),
        np.zeros((27, 16), np.uint8),
        np.zeros(431, np.uint8),
        np.zeros(432, np.float32),
        np.zeros(432, np.int8),
    ],
)
def test_a_picture_of_another_shape_or_type_is_refused_with_both(tmp_path, picture):
    got = re.escape(f"is {picture.dtype} {picture.shape}, not uint8 (432,)")
    with pytest.raises(VideoError, match=got):
        write_pictures(tmp_path / "film", Mp4((16, 18), Timeline(1, 1, 30)), [picture])


def test_a_picture_too_many_or_too_few_is_refused():
    pictures = [np.zeros(ONE.picture_shape, np.uint8)] * 3
    for count in (1, 3):
        with pytest.raises(VideoError, match=rf"{count} pictures and not 2"):
            ONE.encoded((30, 30), lambda count=count: pictures[:count])


@pytest.mark.parametrize(
    "name",
    [
        "-dash.mp4",
        "100%d %03d.mp4",
        "it's.mp4",
        "Zählung ✓.png",
        ".video.mp4.x1y2.part",
        pytest.param("http:x.mp4", marks=not_windows),
        pytest.param('"quoted"\\|*?.mp4', marks=not_windows),
        pytest.param("two\nlines.mp4", marks=not_windows),
    ],
)
@pytest.mark.parametrize("kind", [write_film, write_gif])
def test_any_name_of_a_file_will_do_and_what_is_there_is_overwritten(
    tmp_path, monkeypatch, name, kind
):
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(b"x" * 100_000)
    kind(Path(name), [flat(0), flat(255)], 0.1)
    assert [path.name for path in Path().iterdir()] == [name]
    content = Path(name).read_bytes()
    assert content[:8].endswith(b"ftyp" if kind is write_film else b"GIF89a\x10\0")
    assert len(content) < 10_000


# --- GIF


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0.75, [750] * 4), (1 / 3, [330, 340, 330, 330])]
)
def test_a_gif_has_a_frame_a_picture_and_loops(tmp_path, seconds, expected):
    gif = write_gif(tmp_path / "film", [flat(50 * n) for n in range(4)], seconds)
    frames, delays = zip(*gif_frames(gif), strict=True)
    assert [*delays] == expected
    assert [int(frame.mean()) for frame in frames] == [0, 50, 100, 150]
    with Image.open(gif) as image:
        assert image.info["loop"] == 0


def test_equal_pictures_of_a_gif_are_all_there_and_cost_next_to_nothing(tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 1), np.uint8).repeat(3, axis=2)
    one, many = (write_gif(tmp_path / f"{n}", [noise] * n, 0.5) for n in (1, 40))
    assert len(list(gif_frames(many))) == 40
    assert many.stat().st_size < one.stat().st_size + 40 * 64


@settings(max_examples=8)
@given(seed=st.integers(0, 2**32), spread=st.sampled_from([256, 32, 8]))
def test_up_to_255_colours_come_back_within_a_level(tmp_path_factory, seed, spread):
    rng = np.random.default_rng(seed)
    colours = rng.integers(256 - spread, 256, (255, 3), np.uint8)
    pictures = [rng.permutation(colours[[*range(255), 0]]).reshape(16, 16, 3) for _ in range(3)]
    gif = write_gif(tmp_path_factory.mktemp("film") / "film", pictures, 0.1)
    for (frame, _), picture in zip(gif_frames(gif), pictures, strict=True):
        assert np.abs(frame.astype(int) - picture).max() <= 1


def test_a_gif_of_more_colours_is_close_to_every_picture(tmp_path):
    warm, cold = flat(0, (256, 16)), flat(0, (256, 16))
    warm[:, :, 0], cold[:, :, 2] = np.arange(256), np.arange(256)
    gif = write_gif(tmp_path / "film", [warm, cold], 0.1)
    for (frame, _), picture in zip(gif_frames(gif), (warm, cold), strict=True):
        assert np.abs(frame.astype(int) - picture).max() <= 3
        assert len(np.unique(frame.reshape(-1, 3), axis=0)) > 100


@pytest.mark.parametrize("seconds", [0.012, 655.37])
def test_a_time_that_a_gif_cannot_hold_is_refused(seconds):
    with pytest.raises(OptionError, match=rf"0\.02 to 655\.35 s \(got {seconds}\)"):
        Gif((16, 16), Timeline(1, seconds, GIF_RATE))


# --- ffmpeg missing or broken


@pytest.mark.parametrize("text", [None, "text"], ids=["missing", "no program"])
def test_an_ffmpeg_that_cannot_be_started_is_an_error_that_says_who_named_it(
    tmp_path, monkeypatch, text
):
    if text:
        (tmp_path / "ffmpeg").write_text(text)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(tmp_path / "ffmpeg"))
    with pytest.raises(VideoError, match=r"ffmpeg does not run: .*\. Its name is from IMAGEIO_FF"):
        find_ffmpeg()
    with pytest.raises(VideoError, match=r"could not be started: .*\. Its name is from IMAGEIO_FF"):
        write_film(tmp_path / "film", [flat(0)], 1.0)


def test_no_ffmpeg_at_all_is_an_error_that_says_where_it_was_looked_for(monkeypatch):
    monkeypatch.delenv("IMAGEIO_FFMPEG_EXE", raising=False)
    monkeypatch.setattr("imageio_ffmpeg._utils._get_ffmpeg_exe", lambda: None)
    with pytest.raises(VideoError, match=r"imageio-ffmpeg nor in conda nor on the PATH\. Upgrade"):
        find_ffmpeg()


WITHOUT_FILES = """
import resource
from mnistviz.errors import VideoError
from mnistviz.formats.ffmpeg import find_ffmpeg

resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
try:
    find_ffmpeg()
except VideoError as error:
    print(error)
"""


@posix
def test_an_ffmpeg_that_lacks_files_to_be_started_is_not_to_blame():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_FILES],
        env={**os.environ, "IMAGEIO_FFMPEG_EXE": find_ffmpeg()},
        capture_output=True,
        text=True,
    )
    asked = "Raise the limit (ulimit -a), or close other programs.\n"
    assert done.stdout.endswith(f"does not run: Too many open files. {asked}"), done.stderr


@posix
@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("exit 7", "fails with exit status 7"),
        ("echo ' V....D libx264rgb '", "lacks the encoder libx264"),
        ("echo ' V....D libx264 '", "lacks the option -fps_mode, new in ffmpeg 5.1"),
    ],
)
def test_an_ffmpeg_that_cannot_do_it_is_refused_before_any_work(tmp_path, monkeypatch, text, error):
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(script(tmp_path / "ffmpeg", text)))
    with pytest.raises(VideoError, match=rf"ffmpeg {error}\. Its name is from IMAGEIO_FFMPEG_EXE"):
        find_ffmpeg(ONE.needs())


@posix
@pytest.mark.parametrize(
    ("film", "lacks"),
    [
        (Mp4(SMALL, ONE.timeline, encoder=codecs.HEVC["draft"]), "the encoder libx265"),
        (Mp4(SMALL, ONE.timeline, encoder=codecs.AV1["draft"]), "the encoder libsvtav1"),
        (WebM(SMALL, ONE.timeline), "the encoder libvpx-vp9"),
        (WebP(SMALL, ONE.timeline), "the encoder libwebp_anim"),
        (Pngs(SMALL, ONE.timeline), "the encoder png"),
        (Gif(SMALL, Timeline(1, 1, GIF_RATE)), "the filter palettegen"),
    ],
)
def test_an_ffmpeg_must_have_what_the_format_needs_and_no_more(tmp_path, monkeypatch, film, lacks):
    poor = script(tmp_path / "poor", "echo ' V....D libx264 '")
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(poor))
    with pytest.raises(VideoError, match=f"poor lacks {lacks}. Its name is from"):
        find_ffmpeg(film.needs())
    rich = script(tmp_path / "rich", f"echo ' {lacks.split()[-1]} libx264rgb -fps_mode '")
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(rich))
    find_ffmpeg(film.needs())


# --- ffmpeg that fails in the middle


@posix
def test_an_ffmpeg_that_fails_without_a_message_is_reported_by_its_status(tmp_path, monkeypatch):
    stand_in = script(tmp_path / "ffmpeg", "head -c 1000 > /dev/null; exit 3")
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(stand_in))
    with pytest.raises(VideoError, match="ffmpeg failed: exit status 3"):
        write_film(tmp_path / "film", [flat(0, (64, 64))] * 100, 1.0)


@posix
def test_an_ffmpeg_that_is_killed_is_reported_as_such(pids):
    def pictures():
        for n in range(500):
            yield np.zeros(64 * 96, np.uint8)
            if n == 100:
                os.kill(pids()[0], signal.SIGKILL)

    with pytest.raises(VideoError, match=r"ended from outside by signal 9 \(Killed"):
        Mp4((64, 64), Timeline(500, 0.1, 30)).encoded([3] * 500, pictures)


@posix
@pytest.mark.parametrize(
    ("broken", "error"),
    [
        ('cp "{short}" "$film"', "ffmpeg wrote 3 frames instead of 12"),
        ('head -c 1500 "{short}" > "$film"', "cannot be read back"),
        (': > "$film"', "cannot be read back"),
        (":", "cannot be read back: .*No such file"),
    ],
)
def test_a_file_that_lacks_frames_is_found_though_ffmpeg_reports_success(
    tmp_path, monkeypatch, broken, error
):
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    short = write_film(tmp_path / "short", [noise], 0.1)
    text = f"""case "$*" in
        *+faststart*) cat > /dev/null; for film; do film=${{film#file:}}; done; {broken} ;;
        *) exec "{find_ffmpeg()}" "$@" ;;
    esac"""
    stand_in = script(tmp_path / "ffmpeg", text.replace("{short}", str(short)))
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(stand_in))
    with pytest.raises(VideoError, match=error):
        write_film(tmp_path / "film", [noise] * 4, 0.1)


# --- ffmpeg ends with the block


@posix
@pytest.mark.parametrize("error", [None, ValueError, KeyboardInterrupt, SystemExit])
def test_no_process_is_left_whether_the_pictures_end_well_or_with_an_error(pids, error):
    def pictures():
        yield np.zeros(16 * 24, np.uint8)
        pids()  # so that ffmpeg is at work
        if error:
            raise error

    film = Mp4(SMALL, Timeline(1, 0.1, 30))
    with pytest.raises(error) if error else nullcontext():
        film.encoded([3], pictures)
    assert len(pids()) == 1
    assert not any(map(is_there, pids()))


LONG = """
import time
import numpy as np
from mnistviz.formats.mp4 import Mp4
from mnistviz.formats.timeline import Timeline

def pictures():
    for n in range(500):
        yield np.full(64 * 96, n % 256, np.uint8)
        time.sleep(0.1)
        if n == 5:
            print("ready", flush=True)

Mp4((64, 64), Timeline(500, 0.1, 30)).encoded([3] * 500, pictures)
"""


@posix
def test_ctrl_c_reaches_only_python_which_ends_ffmpeg(pids):
    with subprocess.Popen(
        [sys.executable, "-c", LONG],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as program:
        program.stdout.readline()
        (pid,) = pids()
        group = os.getpgid(pid)
        os.killpg(program.pid, signal.SIGINT)  # as the terminal does
        _, stderr = program.communicate()
    assert stderr.strip().endswith(b"KeyboardInterrupt")
    assert b"VideoError" not in stderr
    assert group != program.pid
    assert not is_there(pid)


@pytest.mark.parametrize("kind", [write_film, write_gif])
def test_nothing_stays_in_the_folder_for_temporary_files(tmp_path, monkeypatch, kind):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    kind(tmp_path / "film", [flat(0)], 1.0)
    assert list(tmp_path.iterdir()) == [tmp_path / "film"]


# --- ffmpeg that hangs, that talks, and that is old


@posix
@pytest.mark.parametrize(
    "text",
    ["sleep 60", "kill -STOP $$", "cat > /dev/null; sleep 60", "head -c 9; exec sleep 60"],
    ids=["reads nothing", "is stopped", "does not end", "reads a little"],
)
def test_an_ffmpeg_that_does_nothing_is_given_up(tmp_path, monkeypatch, text):
    monkeypatch.setattr("mnistviz.formats.ffmpeg.PATIENCE", 1)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(script(tmp_path / "ffmpeg", text)))
    with pytest.raises(VideoError, match=r"ffmpeg did nothing for 1 s, and was ended\."):
        write_film(tmp_path / "film", [flat(0, (640, 360))] * 9, 1.0)


@posix
def test_of_a_flood_of_messages_the_first_is_kept_and_nothing_goes_to_a_disk(tmp_path, monkeypatch):
    text = "echo first >&2; head -c 50000000 /dev/zero >&2; exit 1"
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(script(tmp_path / "ffmpeg", text)))
    monkeypatch.setenv("TMPDIR", "/dev/null")
    tracemalloc.start()
    try:
        with pytest.raises(VideoError, match=r"^ffmpeg failed: first; ") as error:
            write_film(tmp_path / "film", [flat(0)], 1.0)
        assert tracemalloc.get_traced_memory()[1] < 10e6  # of 50 MB
    finally:
        tracemalloc.stop()
    assert len(str(error.value)) < 400
    assert "\0" not in str(error.value)


@posix
def test_an_ffmpeg_is_judged_by_its_status_and_its_film_and_not_by_what_it_says(
    tmp_path, monkeypatch
):
    noisy = f'echo \'ERROR: ld.so: ignored.\' >&2; exec "{find_ffmpeg()}" "$@"'
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(script(tmp_path / "ffmpeg", noisy)))
    assert write_film(tmp_path / "film", [flat(0)], 1.0).stat().st_size


@posix
def test_an_ffmpeg_that_waits_for_slow_pictures_is_not_given_up(monkeypatch):
    monkeypatch.setattr("mnistviz.formats.ffmpeg.PATIENCE", 1)

    def pictures():
        for number in range(3):
            time.sleep(2)
            yield np.full(64 * 96, 60 * number, np.uint8)

    assert Mp4((64, 64), Timeline(3, 0.1, 30)).encoded([3] * 3, pictures).data
