"""What a command writes is never what it reads, nor what belongs to something else."""

import os
import shutil
import subprocess

import numpy as np
import pytest
from PIL import Image

import mnistviz
from commands import assert_refused, command, run
from mnistviz.datasets.own_pictures import find_pictures
from mnistviz.errors import DataWarning, OutputError
from mnistviz.output import check_apart, replacing

SMALL = ("--size", "640x360", "--quiet")


@pytest.fixture
def place(tmp_path, model_path):
    """A folder with a drawing and a model, and other names of both."""
    page = Image.new("L", (40, 40), 255)
    page.paste(0, (15, 8, 20, 32))
    page.save(tmp_path / "mine.png")
    (tmp_path / "folder").mkdir()
    for name in ("mine.png", "m.html"):
        if name == "m.html":
            shutil.copy(model_path, tmp_path / name)
        (tmp_path / f"link-{name}").symlink_to(name)
        os.link(tmp_path / name, tmp_path / f"hard-{name}")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "source", "name"),
    [
        (("still", "--image", "mine.png"), "mine.png", "{}"),
        (("still", "--image", "mine.png"), "mine.png", "hard-{}"),
        (("still", "--image", "mine.png"), "mine.png", "./folder/../{}"),
        (("evaluate", "--model", "m.html"), "m.html", "link-{}"),
        (("explore", "--model", "link-m.html"), "m.html", "{}"),
        (("compare", "mine.png", "m.html"), "m.html", "hard-{}"),
    ],
)
def test_an_output_that_is_an_input_is_refused_before_work(place, arguments, source, name):
    before = (place / source).read_bytes()
    result = run(*arguments, "--out", name.format(source), cwd=place)
    assert_refused(result, "it is read as well")
    assert (place / source).read_bytes() == before


STILL, FILM = ("still", "--index", "1"), ("render", "--count", "1")
OWN = ("still", "--image", "mine.png")
WORDS = ("--language", "xx", "--words", "read")


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        ((*STILL, *WORDS), "--out=a.png"),
        ((*STILL, "--font", "read.ttf"), "--out=a.png"),
        ((*STILL, "--model", "m.html", "--input-scale", "read.npy"), "--out=a.png"),
        ((*FILM, *WORDS), "--out=a.gif"),
        ((*FILM, "--intro-text", "read"), "--out=a.gif"),
        ((*FILM, "--config", "read"), "--out=a.gif"),
        (("render-training", "--config", "read"), "--out=a.gif"),
        (("evaluate", *WORDS), "--out=a.html"),
        (("explore", *WORDS), "--out=a.html"),
        (("compare", "m.html", "m.html", *WORDS), "--out=a.html"),
        (("train", "--out", "new.npz", *WORDS), "--log=a.svg"),
        ((*OWN, "--model", "read", "--out", "b.png"), "--show-steps=a.png"),
        ((*FILM, "--images", ".", "--out", "b.gif", "--model", "read"), "--show-steps=a.png"),
        (("render", "--images", ".", "--count", "1"), "--out=a.gif"),
        (("render", "--images", ".", "--poster", "--count", "1"), "--out=v.mp4"),
    ],
)
def test_no_output_is_written_over_any_file_that_is_read(place, arguments, written):
    name = written.partition("=")[2].replace("v.mp4", "v.poster.png")
    settings = b'title = "a"' if "--config" in arguments else None
    (place / name).write_bytes(settings or (place / "mine.png").read_bytes())
    (place / "v.mp4").touch()  # whose poster may be replaced
    for other in ("read", "read.ttf", "read.npy"):
        os.link(place / name, place / other)
    before = (place / name).read_bytes()
    if "--images" in arguments and "--show-steps" not in written:
        (place / "link-mine.png").unlink()
    assert_refused(run(*arguments, written, cwd=place), f"{name}: it is read as well")
    assert (place / name).read_bytes() == before


def test_what_will_be_made_is_compared_by_name(tmp_path):
    with pytest.raises(OutputError, match="read as well"):
        check_apart(tmp_path / "a" / ".." / "new.npz", tmp_path / "new.npz")
    check_apart(tmp_path / "new.npz", tmp_path / "other.npz", 5, None)
    check_apart(None, tmp_path / "new.npz")


def test_a_film_in_the_folder_of_its_pictures_is_not_one_of_them_the_next_time(place, model_path):
    film = ("render", "--images", ".", "--model", model_path, "--out", "film.gif", *SMALL)
    (place / "link-mine.png").unlink()
    (place / "hard-mine.png").unlink()
    first, second = (run(*film, cwd=place) for _ in range(2))
    assert first.stdout == second.stdout
    assert "1 image" in first.stdout


def test_files_that_are_no_pictures_are_named_and_what_systems_leave_is_not(place):
    for name in ("a.docx", "b.txt", "Thumbs.db", "desktop.ini", ".DS_Store"):
        (place / name).touch()
    Image.open(place / "mine.png").save(place / "c.jfif", "jpeg")
    with pytest.warns(DataWarning, match=r"passed over in .*: a\.docx, b\.txt, .*html and 2 more"):
        found = find_pictures(place)
    assert [path.name for path in found] == ["c.jfif", "hard-mine.png", "link-mine.png", "mine.png"]


@pytest.fixture
def film(small_digits, tmp_path):
    data = mnistviz.load(small_digits)
    model = mnistviz.train(data, config=mnistviz.TrainingConfig(epochs=1)).model

    def make(name, **encoding):
        if name.endswith(".mp4"):
            encoding["quality"] = "draft"
        return mnistviz.render(
            data,
            model,
            f"{tmp_path}/{name}",
            mnistviz.Selection(1),
            encoding=mnistviz.Encoding(**encoding),
            picture=mnistviz.PictureConfig((640, 360)),
        )

    return make


@pytest.mark.parametrize("kind", ["captions", "poster"])
def test_the_companions_of_another_film_are_not_replaced(film, tmp_path, kind):
    first = film("same.mp4", **{kind: True})
    companion = getattr(first, kind)
    before = companion.read_bytes()
    film("same.mp4", **{kind: True})  # its own are
    with pytest.raises(OutputError, match=r"it may be same\.mp4's; name another film"):
        film("same.webm", **{kind: True})
    assert companion.read_bytes() == before
    assert not (tmp_path / "same.webm").exists()
    first.path.unlink()
    with pytest.raises(OutputError, match=r"it is there, and same\.mp4 is not"):
        film("same.mp4", **{kind: True})


@pytest.mark.parametrize("name", ["a.webp", "a.gif", "a.webm", "a.mp4", "a/"])
def test_a_film_of_one_image_and_one_frame_can_be_had_in_every_format(film, tmp_path, name):
    one = film(name)
    assert one.images == 1
    if name == "a.webp":
        with Image.open(one.path) as picture:
            shown = np.asarray(picture.convert("RGB"))
            facts = picture.n_frames, picture.info["duration"], picture.info["loop"]
        assert facts == (1, 2400, 0)
        film("b/")
        with Image.open(tmp_path / "b" / "frame-000001.png") as picture:
            assert (np.asarray(picture) == shown).all()


def test_a_target_that_becomes_a_folder_leaves_all_files_as_they_were(tmp_path):
    film, captions = tmp_path / "v.mp4", tmp_path / "v.vtt"
    film.write_text("old")
    with (
        pytest.raises(OutputError, match=r"v\.vtt: it is a folder"),
        replacing(film, {captions: b"new"}),
    ):
        captions.mkdir()
    assert film.read_text() == "old"


def test_a_disk_without_modes_takes_a_file_in_place_of_another(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(1, "Operation not permitted")

    (tmp_path / "a").write_text("old")
    monkeypatch.setattr("os.chmod", refuse)
    with replacing(tmp_path / "a") as part:
        part.write_text("new")
    assert (tmp_path / "a").read_text() == "new"


@pytest.mark.skipif(os.getuid() != 0, reason="only root can mount")
def test_a_file_that_is_mounted_by_itself_is_refused_before_work(tmp_path, model_path):
    target, other = tmp_path / "v m.mp4", tmp_path / "other"
    target.touch()
    other.touch()
    film = command("render", "--model", model_path, "--count", "1", "--out", target, *SMALL)
    script = 'mount --bind "$1" "$2" || exit 77; shift 2; exec "$@"'
    mounted = ["unshare", "-m", "sh", "-c", script, "sh", other, target, *film]
    done = subprocess.run(mounted, capture_output=True, encoding="utf-8", timeout=60)
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("this container may not mount")
    assert_refused(done, "it is mounted there by itself")
