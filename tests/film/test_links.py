"""Stills and films lead to an explorer's view of their images."""

import re

import pytest

import mnistviz
from commands import run
from mnistviz import PictureConfig
from mnistviz.errors import OptionError
from tracks import tags as tags_of

PAGE = "https://example.org/explorer.html"
LINK = {".svg": rb'<a xlink:href="([^"]+)"', ".pdf": rb"/URI \(([^)]+)\)"}


@pytest.mark.parametrize("suffix", [".svg", ".pdf"])
@pytest.mark.parametrize("question", [{}, {"why": ("5", "6")}])
def test_the_number_of_a_stills_image_links_to_the_image_in_the_explorer(
    digits, trained, tmp_path, suffix, question
):
    (tmp_path / "e é.html").touch()
    (tmp_path / "of it").mkdir()
    for explorer, expected in ((PAGE, PAGE), (tmp_path / "e é.html", "../e%20%C3%A9.html")):
        out = tmp_path / "of it" / f"still{suffix}"
        mnistviz.still(digits, 8, out, trained, explorer=explorer, **question)
        (link,) = re.findall(LINK[suffix], out.read_bytes())
        assert link.decode() == f"{expected}#image=8"


def test_a_still_in_another_language_links_too(digits, trained, tmp_path):
    out = tmp_path / "still.svg"
    wording = mnistviz.Wording(language="de")
    mnistviz.still(digits, 8, out, trained, wording=wording, explorer=PAGE)
    assert re.findall(LINK[".svg"], out.read_bytes()) == [f"{PAGE}#image=8".encode()]


def test_a_still_without_an_explorer_has_no_link(digits, trained, tmp_path):
    for suffix, link in LINK.items():
        out = tmp_path / f"still{suffix}"
        mnistviz.still(digits, 8, out, trained, PictureConfig((640, 360)))
        assert not re.findall(link, out.read_bytes())


@pytest.mark.parametrize(
    ("asked", "out", "options"),
    [(8, "s.png", {}), ("own.png", "s.svg", {}), (8, "s.svg", {"bare": True}), (8, None, {})],
)
def test_a_still_that_could_not_link_refuses_an_explorer(
    digits, trained, tmp_path, asked, out, options
):
    with pytest.raises(OptionError, match="explorer"):
        mnistviz.still(digits, asked, out and tmp_path / out, trained, explorer=PAGE, **options)
    assert not list(tmp_path.iterdir())


def test_the_command_links_a_still(tmp_path, model_path):
    out = tmp_path / "still.svg"
    done = run("still", "--index", 8, "--model", model_path, "--out", out, "--explorer", PAGE)
    assert done.returncode == 0, done.stderr
    assert f"{PAGE}#image=8".encode() in out.read_bytes()


@pytest.mark.parametrize("suffix", [".mp4", ".webm"])
def test_the_description_of_a_film_names_its_first_image_in_the_explorer(
    tmp_path, small_digits, suffix
):
    tags = {}
    for explorer in ("", PAGE):
        out = tmp_path / f"film{suffix}"
        mnistviz.render(str(small_digits), None, out, mnistviz.Selection(indices=(7, 9)),
                        mnistviz.Timing(seconds_per_image=0.2), explorer=explorer,
                        picture=PictureConfig((640, 360)))  # fmt: skip
        tags[explorer] = tags_of(out)
    described = tags[""]["description"]
    assert tags[PAGE]["description"] == f"{described} Explore image 7: {PAGE}#image=7"


@pytest.mark.parametrize(
    ("out", "explorer", "options"),
    [("f.gif", PAGE, {}), ("f.mp4", "explorer.html", {}), ("f.mp4", PAGE, {"images": "pictures"})],
)
def test_a_film_that_could_not_lead_to_an_explorer_refuses_one(
    digits, trained, tmp_path, out, explorer, options
):
    with pytest.raises(OptionError, match="explorer"):
        mnistviz.render(digits, trained, tmp_path / out, explorer=explorer, **options)
    assert not list(tmp_path.iterdir())
