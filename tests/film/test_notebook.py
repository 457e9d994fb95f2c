"""How films and stills show themselves in a notebook, and the notebook of the docs."""

import base64
import io
import re
from pathlib import Path

import matplotlib as mpl
import nbformat
import numpy as np
import pytest

import mnistviz
from alike import OFF_IN_LETTERS
from elements import Elements
from frames import pixels_of
from mnistviz.formats.written_film import MOST_EMBEDDED, WrittenFilm

SMALL = mnistviz.PictureConfig(size=(640, 360))


@pytest.fixture(scope="module")
def film(digits, trained, tmp_path_factory):
    """Two seconds of video with captions and a poster; its name is full of markup."""
    path = tmp_path_factory.mktemp("film") / """a "<b>'&film.mp4"""
    selection = mnistviz.Selection(indices=(8, 0))
    encoding = mnistviz.Encoding(quality="draft", captions=True, poster=True)
    return mnistviz.render(digits, trained, path, selection, encoding=encoding, picture=SMALL)


def embedded(source, kind):
    start = f"data:{kind};base64,"
    assert source.startswith(start)
    return base64.b64decode(source.removeprefix(start), validate=True)


def test_a_film_shows_itself_as_a_player_with_all_its_files_embedded(film):
    page = Elements(film._repr_html_())
    assert [tag for tag, _ in page.all] == ["figure", "video", "source", "track", "figcaption"]
    video, track = page["video"], page["track"]
    assert {"controls", "loop", "playsinline"} <= set(video)
    assert (video["width"], video["height"]) == ("640", "360")
    assert embedded(page["source"]["src"], "video/mp4") == film.path.read_bytes()
    assert embedded(video["poster"], "image/png") == film.poster.read_bytes()
    assert embedded(track["src"], "text/vtt") == film.captions.read_bytes()
    assert film.captions.read_bytes().startswith(b"WEBVTT")
    assert "default" in track
    # Its name is text, whatever is in it.
    assert video["aria-label"] == film.path.name
    assert "".join(page.texts).strip().startswith(f"{film.path}: 4.8 s, 640×360, ")


def test_captions_of_another_film_are_not_shown(film, tmp_path):
    alone = tmp_path / "alone.mp4"
    alone.write_bytes(film.path.read_bytes())
    alone.with_suffix(".vtt").write_text("WEBVTT")
    page = Elements(WrittenFilm(path=alone, seconds=2, size=(640, 360))._repr_html_())
    assert "track" not in page.tags
    assert "poster" not in page["video"]


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_a_film_that_is_a_picture_shows_itself_as_one(tmp_path, suffix):
    path = tmp_path / f"film{suffix}"
    path.write_bytes(b"a picture")
    image = Elements(WrittenFilm(path=path, seconds=12, size=(640, 360))._repr_html_())["img"]
    assert embedded(image["src"], f"image/{suffix[1:]}") == b"a picture"
    assert image["alt"] == path.name


@pytest.mark.parametrize(
    ("suffix", "instead"), [(".mp4", "Video({!r}, embed=True)"), (".gif", "Image({!r})")]
)
def test_a_film_over_the_limit_is_not_embedded_and_the_limit_is_stated(tmp_path, suffix, instead):
    path = tmp_path / f"<long>{suffix}"
    film = WrittenFilm(path=path, seconds=600, size=(1920, 1080))
    with path.open("wb") as file:
        file.truncate(MOST_EMBEDDED)
        assert "data:" in film._repr_html_()
        file.truncate(MOST_EMBEDDED + 1)
    assert "data:" not in film._repr_html_()
    text = "".join(Elements(film._repr_html_()).texts)
    assert "20.0 MB. Not shown here: films of more than 20 MB" in text
    assert text.endswith("IPython.display." + instead.format(str(path)))


@pytest.mark.parametrize("name", ["gone.mp4", "folder", "folder.mp4"])
def test_a_film_that_is_gone_or_a_folder_is_explained_in_a_paragraph(tmp_path, name):
    if name.startswith("folder"):
        (tmp_path / name).mkdir()
    page = Elements(WrittenFilm(path=tmp_path / name, seconds=2, size=(640, 360))._repr_html_())
    assert page.tags == {"p"}
    assert "Not shown here" in "".join(page.texts)


def test_a_browser_plays_the_film_in_the_page_with_its_captions(film, browser):
    page = browser.new_page()
    page.set_content(film._repr_html_())
    page.evaluate("video = document.querySelector('video'); video.muted = true; video.play()")
    page.wait_for_function("video.currentTime > 0.5")
    shown = page.evaluate("[video.videoWidth, video.error, video.textTracks[0].activeCues[0].text]")
    caption = "Image 8 of the test set: a 5, taken for a 6, more than 99 % sure"
    assert shown == [640, None, caption]
    page.close()


@pytest.fixture
def still(digits, trained, tmp_path, monkeypatch):
    """A still that is only shown, and not written to a file."""
    monkeypatch.chdir(tmp_path)
    still = mnistviz.still(digits, 8, model=trained, picture=SMALL)
    assert list(tmp_path.iterdir()) == []
    return still


def drawn(png):
    return pixels_of(io.BytesIO(png))


def test_a_still_shows_itself_as_the_picture_that_it_writes(still, tmp_path):
    still.save(tmp_path / "f.png")
    shown, about = still._repr_mimebundle_()
    assert base64.b64decode(shown["image/png"]) == (tmp_path / "f.png").read_bytes()
    assert about["image/png"]["alt"] == "digit 8, predicted 6, >99.9 %, true 5"
    assert drawn(still._repr_png_()).shape == (360, 640, 3)


def test_a_still_refuses_a_name_that_it_cannot_write(still, tmp_path):
    with pytest.raises(mnistviz.MnistvizError, match=r"\.png or \.svg or \.pdf"):
        still.save(tmp_path / "f.bmp")


def test_a_model_in_place_of_the_file_is_refused_with_the_right_call(digits, trained):
    with pytest.raises(mnistviz.MnistvizError, match=r"^out must be a path.*got a TrainedModel"):
        mnistviz.still(digits, 8, trained)


def test_the_figure_of_a_still_is_the_same_picture_and_can_be_added_to(still, tmp_path):
    with mpl.rc_context({"text.antialiased": False}):
        figure = still.figure()
    with mpl.rc_context({"text.hinting": "none"}):
        figure.savefig(tmp_path / "same.png", dpi=72)
    plain = drawn(still._repr_png_())
    same = pixels_of(tmp_path / "same.png")[..., :3]
    assert np.abs(same.astype(int) - plain).max() <= OFF_IN_LETTERS
    figure.axes[0].plot([0, 640], [180, 180], color="red", linewidth=4)
    figure.savefig(tmp_path / "more.png", dpi=72)
    assert tuple(pixels_of(tmp_path / "more.png")[180, 5, :3]) == (255, 0, 0)
    assert (drawn(still._repr_png_()) == plain).all()


NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.ipynb"


def test_the_notebook_of_the_docs_is_stored_without_outputs():
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert code
    assert not any(cell.outputs or cell.execution_count for cell in code)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # Jupyter's of later Pythons are not ours to fix
def test_the_notebook_of_the_docs_runs_and_shows_stills_films_and_figures(tmp_path):
    from nbclient import NotebookClient

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    place = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=300, resources=place).execute()
    shown = {cell.id: shown_by(cell) for cell in notebook.cells if cell.cell_type == "code"}
    assert drawn(shown["draw"]).shape == (720, 1280, 3)
    assert embedded(Elements(shown["render"])["source"]["src"], "video/mp4")[4:8] == b"ftyp"
    assert embedded(Elements(shown["worst"])["img"]["src"], "image/gif")[:6] == b"GIF89a"
    assert (drawn(shown["annotate"])[..., :3] != drawn(shown["draw"])).any()
    assert re.fullmatch(r"'93\.\d\d% of 10,000 test digits'", shown["evaluate"])


def shown_by(cell):
    """Return the picture, page or text that a cell of a notebook shows last, if any."""
    data = cell.outputs[-1].get("data", {}) if cell.outputs else {}
    if "image/png" in data:
        return base64.b64decode(data["image/png"])
    return data.get("text/html") or data.get("text/plain")


def test_an_explorer_shows_itself_as_its_page_and_works_there(browser, digits, trained, tmp_path):
    path = tmp_path / """a "<b>'&page.html"""
    done = mnistviz.explore(
        digits, trained, path, mnistviz.Selection(count=3), mnistviz.PageConfig(sliders=False)
    )
    shown = Elements(done._repr_html_())
    assert [tag for tag, _ in shown.all] == ["iframe"]
    frame = shown["iframe"]
    assert frame["srcdoc"] == path.read_text(encoding="utf-8")
    assert frame["title"] == path.name
    page = browser.new_page()
    page.set_content(done._repr_html_())
    inside = page.frame_locator("iframe")
    assert inside.locator(".column .heading").all_inner_texts() == list("0123456789")
    path.unlink()
    assert Elements(done._repr_html_()).tags == {"p"}
    page.close()


def test_an_evaluation_shows_itself_as_its_report(digits, trained, tmp_path):
    evaluation = mnistviz.evaluate(digits, trained, tmp_path / "r.html")
    frame = Elements(evaluation._repr_html_())["iframe"]
    assert frame["srcdoc"] == (tmp_path / "r.html").read_text(encoding="utf-8")
    assert frame["title"] == f"MNIST: {evaluation.accuracy:.1%}"
