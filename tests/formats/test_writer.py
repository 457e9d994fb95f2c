import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

import mp4
from mnistviz.drawing.yuv import Planes
from mnistviz.errors import OptionError, VideoError
from mnistviz.formats import codecs
from mnistviz.formats.ffmpeg import find_ffmpeg
from mnistviz.formats.gif import GIF_RATE, Gif
from mnistviz.formats.mp4 import Mp4
from mnistviz.formats.png_folder import Pngs
from mnistviz.formats.timeline import Timeline
from mnistviz.formats.webm import WebM
from mnistviz.formats.webp import WebP
from mnistviz.formats.writer import VideoWriter

Pictures = Sequence[NDArray[np.uint8]]

posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for ffmpeg is a shell script")
LOSSLESS = ("-c:v", "libx264", "-qp", "0", "-preset", "ultrafast")
GREYS = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
GREEN, ORANGE = (0, 158, 115), (230, 159, 0)


def flat(colour: int | tuple[int, int, int], size: tuple[int, int] = (16, 16)) -> NDArray[np.uint8]:
    return np.full((size[1], size[0], 3), colour, np.uint8)


def as_yuv(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    planes = Planes.of(picture)
    return np.concatenate([planes.luma.ravel(), planes.chroma.ravel()])


def write_film(path: Path, pictures: Pictures, seconds: float, rate: int = 30, **more) -> Path:
    height, width, _ = pictures[0].shape
    film = Mp4((width, height), Timeline(len(pictures), seconds, rate), **more)
    with VideoWriter(path, film) as writer:
        for picture in pictures:
            writer.write(as_yuv(picture))
    return path


def write_gif(path: Path, pictures: Pictures, seconds: float) -> Path:
    height, width, _ = pictures[0].shape
    timeline = Timeline(len(pictures), seconds, GIF_RATE)
    with VideoWriter(path, Gif((width, height), timeline)) as writer:
        for picture in pictures:
            writer.write(picture)
    return path


def write_pictures(
    path: Path, pictures: Iterable[NDArray[np.uint8]], size: tuple[int, int], promised: int
) -> None:
    with VideoWriter(path, Mp4(size, Timeline(promised, 0.1, 30))) as writer:
        for picture in pictures:
            writer.write(as_yuv(picture))


def decode(path: Path, size: tuple[int, int]) -> NDArray[np.float64]:
    """Decode to (frames, height, width, 3) RGB by BT.709's own formulas; ffmpeg's are coarser."""
    width, height = size
    command = [find_ffmpeg(), "-v", "error", "-i", f"file:{path}", "-f", "rawvideo", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    planes = np.frombuffer(raw, np.uint8).reshape(-1, height * width * 3 // 2)
    luma, blue, red = np.split(planes, [height * width, height * width * 5 // 4], axis=1)
    y = (luma.reshape(-1, height, width) - 16.0) / 219
    half = (-1, height // 2, width // 2)
    b = y + 1.8556 * (blue.reshape(half).repeat(2, axis=1).repeat(2, axis=2) - 128.0) / 224
    r = y + 1.5748 * (red.reshape(half).repeat(2, axis=1).repeat(2, axis=2) - 128.0) / 224
    g = (y - 0.2126 * r - 0.0722 * b) / 0.7152
    return np.clip(np.stack([r, g, b], axis=-1) * 255, 0, 255).round()


def shown(path: Path, step: int) -> list[int]:
    """Give for each frame the number of the picture, whose grey is `step` times that."""
    return [round(level / step) for level in decode(path, (16, 16)).mean(axis=(1, 2, 3))]


def expected_shown(pictures: int, seconds: Fraction, rate: int) -> list[int]:
    starts = [int(2 * n * seconds * rate + 1) // 2 for n in range(pictures + 1)]
    return [n for n in range(pictures) for _ in range(starts[n], starts[n + 1])]


def gif_frames(path: Path) -> Iterator[tuple[NDArray[np.uint8], int]]:
    with Image.open(path) as gif:
        for number in range(gif.n_frames):
            gif.seek(number)
            yield np.asarray(gif.convert("RGB")), gif.info["duration"]


def script(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def pids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[int]]:
    """Have every start of ffmpeg leave its process id."""
    log = tmp_path / "pids"
    wrapper = script(tmp_path / "ffmpeg", f'echo $$ >> "{log}"\nexec "{find_ffmpeg()}" "$@"')
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(wrapper))

    def read() -> list[int]:
        while not log.exists() or not log.read_text():  # it is starting
            time.sleep(0.01)
        return [int(pid) for pid in log.read_text().split()]

    return read


def is_there(pid: int) -> bool:
    """Whether a process exists, running or as a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


# --- time


def test_sixty_pictures_of_a_second_last_exactly_sixty_seconds_in_every_header(tmp_path):
    film = write_film(tmp_path / "film", [flat(4 * n) for n in range(60)], 1.0)
    assert mp4.durations(film) == {"mvhd": 60, "tkhd": 60, "mdhd": 60}
    assert mp4.sample_count(film) == 1800


def test_a_length_that_is_no_whole_millisecond_is_exact_in_every_header_too(tmp_path):
    film = write_film(tmp_path / "film", [flat(30 * n) for n in range(7)], 0.35)
    assert set(mp4.durations(film).values()) == {Fraction(74, 30)}
    assert mp4.sample_count(film) == 74


@pytest.mark.parametrize(
    ("seconds", "rate", "pictures"),
    [
        (Fraction(1), 30, 3),
        (Fraction(1, 4), 30, 9),
        (Fraction(1, 3), 30, 7),
        (Fraction(1, 10), 30, 12),
        (Fraction(1, 30), 30, 5),
        (Fraction(334, 10000), 30, 25),
        (Fraction(35, 100), 30, 8),
        (Fraction(123457, 1000000), 60, 9),
        (Fraction(7), 24, 1),
    ],
)
def test_each_picture_starts_at_its_frame_and_the_last_is_held_in_full(
    tmp_path, seconds, rate, pictures
):
    drawn = [flat(10 * n) for n in range(pictures)]
    film = write_film(tmp_path / "film", drawn, float(seconds), rate, encoder=LOSSLESS)
    assert shown(film, 10) == expected_shown(pictures, seconds, rate)


@settings(max_examples=15)
@given(
    pictures=st.integers(1, 12),
    thousandths=st.integers(42, 400),
    rate=st.sampled_from([24, 25, 30, 50, 60]),
)
def test_the_starts_hold_for_any_times(tmp_path_factory, pictures, thousandths, rate):
    drawn = [flat(20 * n) for n in range(pictures)]
    path = tmp_path_factory.mktemp("film") / "film"
    film = write_film(path, drawn, thousandths / 1000, rate, encoder=LOSSLESS)
    assert shown(film, 20) == expected_shown(pictures, Fraction(thousandths, 1000), rate)


@pytest.mark.parametrize("variable", [False, True])
@pytest.mark.parametrize(
    ("images", "seconds", "rate", "transition"),
    [
        (4, 1.0, 30, 0.25),
        (5, 0.35, 30, 0.2),
        (3, 0.1, 60, 0.1),
        (6, 1 / 30, 30, 0),
        (2, 0.5, 24, 0.25),
    ],
)
def test_transitions_and_holds_last_exactly_as_long_as_they_should(
    tmp_path, images, seconds, rate, transition, variable
):
    timeline = Timeline(images, seconds, rate, transition)
    drawn = [flat(4 * n) for n in range(timeline.pictures)]
    container = Mp4((16, 16), timeline, variable, LOSSLESS)
    path = tmp_path / "film"
    with VideoWriter(path, container) as writer:
        for picture in drawn:
            writer.write(as_yuv(picture))
    length = Fraction(timeline.frames, rate)
    assert mp4.durations(path) == {"mvhd": length, "tkhd": length, "mdhd": length}
    starts = [timeline.start(n) for n in range(timeline.pictures)]
    ends = [*starts[1:], timeline.frames]
    times = [end - start for start, end in zip(starts, ends, strict=True)]
    # A decoder fills a variable film up to the constant rate.
    assert shown(path, 4) == [n for n, time in enumerate(times) for _ in range(time)]
    assert mp4.sample_count(path) == (len(drawn) + (times[-1] > 1) if variable else sum(times))


# --- colour and format


@pytest.fixture(scope="module")
def quarters() -> NDArray[np.uint8]:
    picture = flat(128, (64, 64))
    picture[:32, 32:], picture[32:, :32], picture[32:, 32:] = GREEN, ORANGE, 255
    return picture


@pytest.fixture(scope="module")
def film(tmp_path_factory, quarters) -> Path:
    path = tmp_path_factory.mktemp("film") / ".film.mp4.x1y2.part"
    return write_film(path, [quarters, quarters[::-1]] * 2, 0.5)


def test_colours_come_back_by_bt709(film, quarters):
    frames = decode(film, (64, 64))
    for frame, picture in ((frames[0], quarters), (frames[-1], quarters[::-1])):
        off = np.abs(frame - picture)
        assert off.mean() <= 0.5
        assert off.max() <= 8  # at the edges between colours, by the encoder's loss


def test_without_loss_greys_and_the_two_colours_are_within_a_level(tmp_path, quarters):
    ramp = GREYS.reshape(16, 16, 3).repeat(4, axis=0).repeat(4, axis=1)
    film = write_film(tmp_path / "film", [ramp, quarters], 0.1, encoder=LOSSLESS)
    frames = decode(film, (64, 64))
    assert np.abs(frames[0] - ramp).max() <= 1
    assert np.abs(frames[-1] - quarters).max() <= 1


def test_a_sharp_edge_between_greys_stays_sharp(tmp_path):
    stripes = flat(0, (64, 64))
    stripes[:, ::2] = 255
    film = write_film(tmp_path / "film", [stripes], 0.1, encoder=LOSSLESS)
    assert np.abs(decode(film, (64, 64))[0] - stripes).max() <= 1


def test_the_container_is_tagged_as_bt709_of_limited_range(film):
    assert mp4.colour(film) == (b"nclx", 1, 1, 1, 0)


def test_the_stream_itself_is_high_profile_420_and_tagged(film, tmp_path):
    bare = tmp_path / "bare.h264"
    copy = ["-i", film, "-c", "copy", "-bsf:v", "h264_mp4toannexb", bare]
    subprocess.run([find_ffmpeg(), "-v", "error", *copy], check=True)
    told = subprocess.run([find_ffmpeg(), "-i", bare], capture_output=True, text=True).stderr
    assert "Video: h264 (High), yuv420p(tv, bt709, progressive), 64x64" in told
    assert mp4.profile(film) == 100


def test_the_index_comes_before_the_pictures(film):
    order = mp4.order(film)
    assert order.index("moov") < order.index("mdat")


def test_groups_of_pictures_are_closed():
    for arguments in codecs.H264.values():
        assert "cgop" in arguments[arguments.index("-flags:v") + 1]


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
    with (
        pytest.raises(VideoError, match=got),
        VideoWriter(tmp_path / "film", Mp4((16, 18), Timeline(1, 1, 30))) as writer,
    ):
        writer.write(picture)


def test_a_picture_too_many_is_refused(tmp_path):
    with VideoWriter(tmp_path / "film", Mp4((16, 16), Timeline(2, 1, 30))) as writer:
        writer.write(as_yuv(flat(0)))
        writer.write(as_yuv(flat(0)))
        with pytest.raises(VideoError, match="more than the 2 pictures promised"):
            writer.write(as_yuv(flat(0)))


def test_a_picture_too_few_is_refused(tmp_path):
    with (
        pytest.raises(VideoError, match="only 1 of the 2 pictures promised"),
        VideoWriter(tmp_path / "film", Mp4((16, 16), Timeline(2, 1, 30))) as writer,
    ):
        writer.write(as_yuv(flat(0)))


def test_a_picture_that_is_a_view_is_written_as_it_looks(tmp_path, quarters):
    film = write_film(tmp_path / "film", [quarters[:, ::-1]], 0.1, encoder=LOSSLESS)
    assert np.abs(decode(film, (64, 64))[0] - quarters[:, ::-1]).max() <= 1


not_windows = pytest.mark.skipif(os.name == "nt", reason="no such name on Windows")


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
@pytest.mark.parametrize("container", ["mp4", "gif"])
def test_any_name_of_a_file_will_do(tmp_path, monkeypatch, name, container):
    monkeypatch.chdir(tmp_path)
    write = {"mp4": write_film, "gif": write_gif}[container]
    write(Path(name), [flat(0), flat(255)], 0.1)
    assert [path.name for path in Path().iterdir()] == [name]
    assert Path(name).read_bytes()[:8].endswith(b"ftyp" if container == "mp4" else b"GIF89a\x10\0")


def test_a_file_that_exists_is_overwritten(tmp_path):
    path = tmp_path / "film"
    path.write_bytes(b"x" * 100_000)
    assert mp4.sample_count(write_film(path, [flat(0)], 0.5)) == 15


# --- GIF


def test_a_gif_has_a_frame_a_picture_all_of_the_same_time_and_loops(tmp_path):
    pictures = [flat(50 * n) for n in range(5)]
    gif = write_gif(tmp_path / "film", pictures, 0.75)
    frames, delays = zip(*gif_frames(gif), strict=True)
    assert delays == (750,) * 5
    assert [int(frame.mean()) for frame in frames] == [0, 50, 100, 150, 200]
    with Image.open(gif) as image:
        assert image.info["loop"] == 0


def test_a_gif_of_uneven_hundredths_lasts_as_long_as_it_should(tmp_path):
    pictures = [flat(50 * n) for n in range(4)]
    gif = write_gif(tmp_path / "film", pictures, 1 / 3)
    assert [delay for _, delay in gif_frames(gif)] == [330, 340, 330, 330]


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


def test_of_more_colours_a_gif_takes_those_that_are_most_like_all_pictures(tmp_path):
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


def test_the_ffmpeg_that_is_found_runs():
    assert b"libx264" in subprocess.check_output([find_ffmpeg(), "-v", "error", "-encoders"])


def test_an_ffmpeg_that_is_nowhere_is_an_error_that_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(tmp_path / "none"))
    with pytest.raises(VideoError, match=r"none does not run: .*\. Its name is from IMAGEIO_FF"):
        find_ffmpeg()
    with pytest.raises(VideoError, match=r"could not be started: .*\. Its name is from IMAGEIO_FF"):
        write_film(tmp_path / "film", [flat(0)], 1.0)


def test_no_ffmpeg_at_all_is_an_error_that_says_where_it_was_looked_for(monkeypatch):
    monkeypatch.delenv("IMAGEIO_FFMPEG_EXE", raising=False)
    monkeypatch.setattr("imageio_ffmpeg._utils._get_ffmpeg_exe", lambda: None)
    with pytest.raises(VideoError, match=r"imageio-ffmpeg nor in conda nor on the PATH\. Upgrade"):
        find_ffmpeg()


@posix
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("exit 7", "fails with exit status 7"),
        ("exit 0", "lacks the encoder libx264"),
        ("echo ' V....D libx264rgb '", "lacks the encoder libx264"),
        ("echo ' V....D libx264 '", "lacks the option -movie_timescale, new in ffmpeg 5"),
    ],
)
def test_an_ffmpeg_that_cannot_do_it_is_refused_before_any_work(tmp_path, monkeypatch, text, said):
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(script(tmp_path / "ffmpeg", text)))
    with pytest.raises(VideoError, match=rf"ffmpeg {said}\. Its name is from IMAGEIO_FFMPEG_EXE"):
        find_ffmpeg(Mp4((16, 16), Timeline(1, 1, 30)).needs())


@posix
@pytest.mark.parametrize(
    ("container", "lacks"),
    [
        (Mp4((16, 16), Timeline(1, 1, 30), encoder=codecs.HEVC["draft"]), "the encoder libx265"),
        (Mp4((16, 16), Timeline(1, 1, 30), encoder=codecs.AV1["draft"]), "the encoder libsvtav1"),
        (WebM((16, 16), Timeline(1, 1, 30)), "the encoder libvpx-vp9"),
        (WebP((16, 16), Timeline(1, 1, 30)), "the encoder libwebp_anim"),
        (Pngs((16, 16), Timeline(1, 1, 30)), "the encoder png"),
        (Gif((16, 16), Timeline(1, 1, GIF_RATE)), "the filter palettegen"),
    ],
)
def test_an_ffmpeg_is_asked_for_what_the_format_needs_and_no_more(
    tmp_path, monkeypatch, container, lacks
):
    poor = script(tmp_path / "poor", "echo ' V....D libx264 '")
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(poor))
    with pytest.raises(VideoError, match=f"poor lacks {lacks}. Its name is from"):
        find_ffmpeg(container.needs())
    name = lacks.split()[-1]
    monkeypatch.setenv(
        "IMAGEIO_FFMPEG_EXE", str(script(tmp_path / "rich", f"echo ' {name} -movie_timescale '"))
    )
    find_ffmpeg(container.needs())


@posix
def test_a_file_that_is_no_program_is_refused(tmp_path, monkeypatch):
    (tmp_path / "ffmpeg").write_text("text")
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(tmp_path / "ffmpeg"))
    with pytest.raises(VideoError, match=r"ffmpeg does not run: .*Permission denied"):
        find_ffmpeg()


@posix
def test_bin_false_is_refused(monkeypatch):
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", shutil.which("false"))
    with pytest.raises(VideoError, match="false fails with exit status 1"):
        find_ffmpeg()


# --- ffmpeg that fails in the middle


def test_a_folder_that_is_not_there_is_told_in_the_words_of_ffmpeg(tmp_path):
    with pytest.raises(VideoError, match=r"ffmpeg failed: .*No such file or directory"):
        write_film(tmp_path / "none" / "film", [flat(0)], 1.0)


def test_an_encoder_that_refuses_is_told_in_its_words(tmp_path):
    with pytest.raises(VideoError, match=r"ffmpeg failed: .*nonsense"):
        write_film(
            tmp_path / "film", [flat(0)], 1.0, encoder=("-c:v", "libx264", "-preset", "nonsense")
        )


@posix
def test_an_ffmpeg_that_ends_without_a_word_is_reported_by_its_status(tmp_path, monkeypatch):
    stand_in = script(tmp_path / "ffmpeg", "head -c 1000 > /dev/null; exit 3")
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(stand_in))
    with pytest.raises(VideoError, match="ffmpeg failed: exit status 3"):
        write_film(tmp_path / "film", [flat(0, (64, 64))] * 100, 1.0)


@posix
def test_an_ffmpeg_that_is_killed_is_reported_as_such(tmp_path, pids):
    def pictures() -> Iterator[NDArray[np.uint8]]:
        for n in range(500):
            yield flat(0, (64, 64))
            if n == 100:
                os.kill(pids()[0], signal.SIGKILL)

    with pytest.raises(VideoError, match=r"ended from outside by signal 9 \(Killed"):
        write_pictures(tmp_path / "film", pictures(), (64, 64), 500)


@posix
@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ('cp "{short}" "$film"', "ffmpeg wrote 3 frames instead of 12"),
        ('head -c 1500 "{short}" > "$film"', "cannot be read back"),
        (': > "$film"', "cannot be read back"),
        (":", "cannot be read back: .*No such file"),
    ],
)
def test_a_file_that_lacks_frames_is_found_though_ffmpeg_reports_success(
    tmp_path, monkeypatch, broken, said
):
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    short = write_film(tmp_path / "short", [noise], 0.1)
    text = f"""case "$*" in
        *pipe:0*) cat > /dev/null; for film; do film=${{film#file:}}; done; {broken} ;;
        *) exec "{find_ffmpeg()}" "$@" ;;
    esac"""
    stand_in = script(tmp_path / "ffmpeg", text.replace("{short}", str(short)))
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(stand_in))
    with pytest.raises(VideoError, match=said):
        write_film(tmp_path / "film", [noise] * 4, 0.1)


FULL_DISK = """
import subprocess, sys
from pathlib import Path
import numpy as np
from mnistviz.formats.gif import Gif
from mnistviz.formats.mp4 import Mp4
from mnistviz.errors import VideoError
from mnistviz.formats.timeline import Timeline
from mnistviz.formats.writer import VideoWriter

folder, container, pictures = sys.argv[1], sys.argv[2], int(sys.argv[3])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", folder], check=True)
rng = np.random.default_rng(0)
film = Path(folder, "film")
try:
    size, rate = (160, 120), 30 if container == "mp4" else 100
    timeline = Timeline(pictures, 0.1, rate)
    kind = Mp4(size, timeline) if container == "mp4" else Gif(size, timeline)
    with VideoWriter(film, kind) as writer:
        for _ in range(pictures):
            writer.write(rng.integers(0, 256, kind.picture_shape, np.uint8))
except VideoError as error:
    print(error)
"""


def in_a_small_disk(folder: Path) -> list[str]:
    """Find how to mount a file system that ends with the process, here where it is allowed."""
    for unshare in (["unshare", "-m"], ["unshare", "-rm"]):
        mount = [*unshare, "mount", "-t", "tmpfs", "-o", "size=64k", "none", str(folder)]
        if shutil.which("unshare") and subprocess.run(mount, capture_output=True).returncode == 0:
            return unshare
    pytest.skip("no small file system can be mounted here")


@pytest.mark.parametrize(("container", "pictures"), [("mp4", 10), ("mp4", 200), ("gif", 20)])
def test_a_full_disk_is_an_error_that_says_so(tmp_path, container, pictures):
    apart = in_a_small_disk(tmp_path)
    told = subprocess.run(
        [*apart, sys.executable, "-c", FULL_DISK, str(tmp_path), container, str(pictures)],
        capture_output=True,
        text=True,
    )
    assert told.stderr == ""
    cure = "Free some, or write the film elsewhere."
    assert told.stdout == f"no space left on device. {cure}\n"


# --- ffmpeg ends with the block


@posix
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_any_exception_in_the_block_goes_on_and_leaves_no_process(tmp_path, pids, error):
    def pictures() -> Iterator[NDArray[np.uint8]]:
        yield flat(0)
        pids()  # so that ffmpeg is at work
        raise error

    with pytest.raises(error):
        write_pictures(tmp_path / "film", pictures(), (16, 16), 2)
    (pid,) = pids()
    assert not is_there(pid)


@posix
def test_a_film_that_succeeds_leaves_no_process(tmp_path, pids):
    write_film(tmp_path / "film", [flat(0)], 1.0)
    encoding, counting = pids()
    assert not is_there(encoding)
    assert not is_there(counting)


ENDLESS = """
import sys
from pathlib import Path
import numpy as np
from mnistviz.formats.mp4 import Mp4
from mnistviz.formats.timeline import Timeline
from mnistviz.formats.writer import VideoWriter

pictures, seconds = int(sys.argv[2]), float(sys.argv[3])
with VideoWriter(Path(sys.argv[1]), Mp4((64, 64), Timeline(pictures, seconds, 30))) as writer:
    for n in range(pictures):
        writer.write(np.full(64 * 96, n % 256, np.uint8))
        if n in (50, pictures - 1):
            print("ready", flush=True)
"""


@posix
@pytest.mark.parametrize(
    ("pictures", "seconds"),
    [pytest.param(10**6, 0.1, id="while writing"), pytest.param(1, 10**6, id="while finishing")],
)
def test_ctrl_c_reaches_only_python_which_ends_ffmpeg(tmp_path, pids, pictures, seconds):
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(tmp_path / "film"), str(pictures), str(seconds)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as program:
        program.stdout.readline()
        (pid,) = pids()
        group = os.getpgid(pid)
        os.killpg(program.pid, signal.SIGINT)  # as the terminal does
        _, words = program.communicate()
    assert words.strip().endswith(b"KeyboardInterrupt")
    assert b"VideoError" not in words
    assert group != program.pid
    assert not is_there(pid)


@pytest.mark.parametrize("kind", ["mp4", "gif"])
def test_nothing_stays_in_the_folder_for_temporary_files(tmp_path, monkeypatch, kind):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    {"mp4": write_film, "gif": write_gif}[kind](tmp_path / "film", [flat(0)], 1.0)
    assert list(tmp_path.iterdir()) == [tmp_path / "film"]
