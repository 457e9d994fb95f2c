"""Films written to files, folders and streams, and what is refused or warned of."""

import hashlib
import os
import subprocess
import warnings
from pathlib import Path

import av
import pytest
from PIL import Image

import mnistviz
from commands import command
from idx_files import write_dataset
from mnistviz.config import Encoding, PictureConfig, Selection, Timing
from mnistviz.errors import OptionError, OutputError, SizeWarning
from mnistviz.formats.choose import format_of, warn_of_size
from mnistviz.formats.timeline import Timeline

SMALL = PictureConfig((640, 360))
FILM = Selection(2), Timing(0.2, 0.1), Encoding(10)
OPTIONS = ("--count", 2, "--seconds-per-image", 0.2, "--transition", 0.1, "--fps", 10)
FRAMES, FRAME = 4, 640 * 360 * 3 // 2

posix_only = pytest.mark.skipif(os.name == "nt", reason="POSIX pipes and terminals")


@pytest.fixture(scope="module")
def little(tmp_path_factory):
    return mnistviz.load(write_dataset(tmp_path_factory.mktemp("data") / "little"))


@pytest.fixture(scope="module")
def model(little):
    return mnistviz.train(little)


def render(model_path, *options, **how):
    arguments = ("render", "--model", model_path, "--size", "640x360", *OPTIONS, *options)
    return subprocess.run(command(*arguments), stderr=subprocess.PIPE, timeout=120, **how)


# --- a stream


def test_a_stream_is_the_film_alone_and_all_else_goes_to_stderr(tmp_path, model_path):
    done = render(model_path, "--out", "-", "--hash", stdout=subprocess.PIPE, cwd=tmp_path)
    header, _, frames = done.stdout.partition(b"\n")
    assert header.startswith(b"YUV4MPEG2 W640 H360 F10:1 ")
    assert len(frames) == FRAMES * (len(b"FRAME\n") + FRAME)
    summary = done.stderr.decode()
    assert done.returncode == 0
    assert "-: 2 images, 0.400 s, 640x360, " in summary
    assert "MB" not in summary
    # The first picture is held for two frames, and so is the last.
    pictures = [frames[n * (FRAME + 6) + 6 : (n + 1) * (FRAME + 6)] for n in range(FRAMES)]
    segment = hashlib.sha256(pictures[0] + pictures[2]).digest()  # all of it is one
    drawn = hashlib.sha256(segment).hexdigest()
    assert f"drawn {drawn}\n" in summary
    assert "file " not in summary
    assert list(tmp_path.iterdir()) == []


@posix_only
def test_a_stream_whose_reader_goes_away_ends_without_a_message(model_path):
    reader, writer = os.pipe()
    os.close(reader)
    done = render(model_path, "--out", "-", "-q", stdout=writer)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


@posix_only
def test_a_stream_to_a_terminal_is_refused_before_anything_is_read():
    import pty

    ours, theirs = pty.openpty()
    done = render("no such model", "--out", "-", stdout=theirs)
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 2
    assert done.stderr.startswith(b"Error: stdout is a terminal; pipe the film into")


def test_a_stream_needs_no_ffmpeg(little, model, monkeypatch, capfdbinary):
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", "none")
    done = mnistviz.render(little, model, "-", *FILM, SMALL)
    assert capfdbinary.readouterr().out.count(b"FRAME\n") == FRAMES
    assert (done.path, done.seconds) == (Path("-"), 0.4)


# --- a folder


@pytest.mark.parametrize("there", [False, True])
def test_a_folder_appears_whole_or_an_empty_one_is_filled(tmp_path, little, model, there):
    folder = tmp_path / "100% frames"
    if there:
        folder.mkdir(mode=0o700)
    done = mnistviz.render(little, model, f"{folder}/", *FILM, SMALL)
    assert done.path == folder
    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"frame-{number:06}.png" for number in range(1, FRAMES + 1)]
    assert list(tmp_path.iterdir()) == [folder]
    assert os.name == "nt" or not there or folder.stat().st_mode & 0o777 == 0o700


def test_the_hash_of_a_folder_is_that_of_its_files_one_after_another(tmp_path, model_path):
    done = render(model_path, "--out", "frames/", "--hash", stdout=subprocess.PIPE, cwd=tmp_path)
    whole = b"".join(path.read_bytes() for path in sorted((tmp_path / "frames").iterdir()))
    assert f"file  {hashlib.sha256(whole).hexdigest()}\n".encode() in done.stdout
    assert f"{len(whole) / 1e6:.1f} MB" in done.stdout.decode()


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("full/", "it is not empty; name a new folder"),
        ("file/", "Not a directory|is not a|directory name is invalid"),
        ("nowhere/frames/", "No such file|cannot find"),
        ("./", "it is in use; name a new folder"),
        ("film.mp4/", "leave out the slash"),
    ],
)
def test_a_folder_that_cannot_be_written_is_refused_before_training(
    tmp_path, monkeypatch, little, name, error
):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.png").write_bytes(b"mine")
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here" if name == "./" else tmp_path)

    def fail(progress):
        raise AssertionError(progress)

    with pytest.raises((OutputError, OptionError), match=error):
        mnistviz.render(little, None, name, *FILM, SMALL, progress=fail)
    assert (tmp_path / "full" / "mine.png").read_bytes() == b"mine"
    assert (tmp_path / "file").read_bytes() == b"mine"


def test_a_folder_is_not_there_if_the_work_fails(tmp_path, little, model):
    def fail(progress):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        mnistviz.render(little, model, f"{tmp_path}/frames/", *FILM, SMALL, progress=fail)
    assert list(tmp_path.iterdir()) == []


# --- what goes into which kind


def format_for(out, images=2, size=(1920, 1080), codec=None):
    timeline = Timeline(images, 1, 100) if out.endswith(".gif") else Timeline(images, 1, 30, 0.25)
    return format_of(out, size, timeline, Encoding(codec=codec))


LARGE = "of 3840x2160 are too many for this format: about"


@pytest.mark.parametrize(
    ("out", "more", "error"),
    [
        ("v.webm", {"codec": "hevc"}, r"the codec hevc needs a file whose name ends in \.mp4$"),
        ("v.mp4", {"codec": "vp9"}, r"the codec vp9 needs a file whose name ends in \.webm$"),
        ("v.gif", {"codec": "av1"}, r"codec av1 needs a file whose name ends in \.mp4 or \.webm$"),
        ("v/", {"codec": "h264"}, "the codec h264 needs"),
        ("-", {"codec": "h264"}, "the codec h264 needs"),
        ("v.gif", {"images": 10_000, "size": (3840, 2160)}, LARGE),
        ("v.webp", {"images": 20_000, "size": (3840, 2160)}, LARGE),
    ],
)
def test_what_a_format_cannot_hold_is_refused(out, more, error):
    with pytest.raises(OptionError, match=error):
        format_for(out, **more)


@pytest.mark.parametrize(("out", "images"), [("v.gif", 1000), ("v.webp", 1000), ("v/", 1500)])
def test_a_film_that_is_larger_than_people_expect_brings_a_warning(out, images):
    film_format = format_for(out, images)
    with pytest.warns(SizeWarning, match=f"{out} will take about .* GB; fewer images or a smaller"):
        warn_of_size(out, film_format)


@pytest.mark.parametrize("out", ["v.gif", "v.webp", "v.mp4", "v.webm", "v/", "-"])
def test_the_default_film_brings_no_warning_in_any_format(out):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_of_size(out, format_for(out, 60))


def test_the_command_prints_a_warning_as_a_line_before_it_does_any_work(tmp_path, model_path):
    film = ("--seconds-per-image", 0.2, "--size", "720p", "--count", 10_000, "--only", "wrong")
    how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": tmp_path}
    arguments = ("render", "--model", model_path, *film, "--out", "v.gif")
    done = subprocess.run(command(*arguments), timeout=120, **how)
    warning, error = done.stderr.decode().splitlines()
    assert warning.startswith("Warning: v.gif will take about 0.28 GB; fewer images")
    assert error.startswith("Error: count must be at most")


# --- every kind of film in every format


@pytest.mark.parametrize("out", ["v.gif", "v.webm", "v.webp"])
def test_a_film_with_an_introduction_goes_into(tmp_path, little, model, out):
    intro = ("a", "b", "c", "d", "e", "f")
    film = (Selection(2), Timing(0.2), Encoding()) if out == "v.gif" else FILM
    done = mnistviz.render(little, model, tmp_path / out, *film, SMALL, intro=intro)
    assert done.seconds == 24.4
    assert seconds_of(tmp_path / out) == pytest.approx(24.4, abs=0.002)


@pytest.mark.parametrize(("out", "codec"), [("v.mp4", "av1"), ("v.webp", None), ("-", None)])
def test_a_training_film_goes_into(tmp_path, little, capfdbinary, out, codec):
    target = out if out == "-" else tmp_path / out
    encoding = Encoding(2, codec)
    done = mnistviz.render_training(little, target, mnistviz.TrainingConfig(1), encoding, SMALL)
    assert (done.seconds, done.size) == (12, (640, 360))
    if out == "-":
        assert capfdbinary.readouterr().out.count(b"FRAME\n") == 24
    else:
        assert seconds_of(target) == pytest.approx(12, abs=0.002)


def seconds_of(path):
    """Return how long all frames are on, by Pillow or PyAV, which decode them."""
    if path.suffix in (".gif", ".webp"):
        with Image.open(path) as image:
            thousandths = 0
            for number in range(image.n_frames):
                image.seek(number)
                image.load()
                thousandths += image.info["duration"]
            return thousandths / 1000
    with av.open(path) as film:
        frames = list(film.decode(video=0))
        return len(frames) / film.streams.video[0].average_rate
