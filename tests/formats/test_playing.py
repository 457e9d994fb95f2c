"""Films with captions in a real browser, from a real web server: they play to their end."""

import base64
import functools
import io
import itertools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
from PIL import Image

import mnistviz
from frames import decode_rgb
from mnistviz import Encoding, PictureConfig, Selection, Timing
from mnistviz.formats.notes import Cue, webvtt
from webvtt import parse

SIZE = (640, 360)
CAPTIONED = 330  # the row of pixels from which on a caption may be
PAGE = """<!doctype html>
<meta charset="utf-8">
<body style="margin: 0">
<video width="{0}" height="{1}" muted playsinline src="film{2}" poster="film.poster.png">
<track default kind="captions" srclang="en" label="English" src="film.vtt">
</video>
<script>
const video = document.querySelector("video");
const active = () => Array.from(video.textTracks[0].activeCues ?? [], (cue) => cue.text);
const read = [];
document.querySelector("track").addEventListener("load", (event) => {{
  for (const cue of event.target.track.cues) cue.onenter = () => read.push(cue.text);
}});
</script>
"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        """Log nothing."""


@pytest.fixture(scope="module", params=[".mp4", ".webm"])
def film(request, digits, trained, tmp_path_factory):
    folder = tmp_path_factory.mktemp("page")
    selection, timing = Selection(indices=(8, 0, 1)), Timing(0.8)
    encoding = Encoding(quality="draft", captions=True, poster=True)
    out = folder / f"film{request.param}"
    done = mnistviz.render(digits, trained, out, selection, timing, encoding, PictureConfig(SIZE))
    (folder / "page.html").write_text(PAGE.format(*SIZE, request.param), encoding="utf-8")
    return done


@pytest.fixture(scope="module")
def page(browser, film):
    """The page of the film, before it plays."""
    handler = functools.partial(Quiet, directory=film.path.parent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        page.goto(f"http://127.0.0.1:{server.server_port}/page.html")
        page.wait_for_function("video.readyState == HTMLMediaElement.HAVE_ENOUGH_DATA")
        yield page
        page.close()
        server.shutdown()


@pytest.fixture(scope="module")
def halfway(page):
    """Screenshots before the film plays, halfway with captions, and without; time and captions."""
    poster = picture(page)
    page.evaluate("video.play()")
    page.wait_for_function("video.currentTime > 1 && active().length")
    page.evaluate("video.pause()")
    captioned, on = picture(page), page.evaluate("[video.currentTime, ...active()]")
    page.evaluate("video.textTracks[0].mode = 'hidden'")
    bare = picture(page)
    page.evaluate("video.textTracks[0].mode = 'showing'")
    return poster, captioned, bare, on


def picture(page):
    with Image.open(io.BytesIO(page.screenshot())) as shown:
        return np.asarray(shown.convert("RGB"), int)


def test_the_poster_is_shown_before_the_film_plays(film, halfway):
    poster, *_ = halfway
    with Image.open(film.poster) as image:
        assert np.abs(poster - np.asarray(image)).max() <= 1


def test_a_caption_is_seen_while_it_plays_and_covers_no_more_than_the_footer(film, halfway):
    _, captioned, bare, (time, *texts) = halfway
    cues = parse(film.captions.read_text(encoding="utf-8"))
    assert texts == [text for start, end, text in cues if start <= time < end]
    rows, columns = np.nonzero(np.abs(captioned - bare).max(axis=2) > 64)
    assert rows.size > 1000  # pixels, of white letters over the film
    assert rows.min() > 0.92 * SIZE[1]
    assert columns.min() < SIZE[0] / 3 < 2 * SIZE[0] / 3 < columns.max()


def test_it_plays_to_its_end_and_each_caption_is_on_in_its_turn(film, page, halfway):
    page.evaluate("video.play()")
    page.wait_for_function("video.ended || video.error", timeout=60_000)
    assert page.evaluate("video.error") is None
    assert page.evaluate("[video.videoWidth, video.videoHeight]") == list(SIZE)
    assert page.evaluate("video.currentTime") == pytest.approx(film.seconds, abs=0.001)
    captions = [text for *_, text in parse(film.captions.read_text(encoding="utf-8"))]
    assert [text for text, _ in itertools.groupby(page.evaluate("read"))] == captions


def test_a_seek_shows_the_frame_of_that_time_wherever_it_leads(film, page, halfway):
    frames = decode_rgb(film.path, SIZE)[:, :CAPTIONED:3, ::3]  # every third pixel will do
    # From memory, since this simple server has no byte ranges, without which nothing can be sought.
    page.evaluate(
        "fetch(video.src).then((answer) => answer.blob()).then((film) => new Promise((done) => {"
        " video.oncanplaythrough = done; video.src = URL.createObjectURL(film); }))"
    )
    for time in (2.21, 0.1, 1.55, 0.85, 2.39):
        page.evaluate(
            "(time) => new Promise((done) => { video.onseeked = done; video.currentTime = time; })",
            time,
        )
        page.wait_for_timeout(200)  # until it is drawn
        apart = np.abs(frames - picture(page)[:CAPTIONED:3, ::3]).mean(axis=(1, 2, 3))
        assert apart[int(time * 30)] < apart.min() + 0.01
        assert apart[int(time * 30)] < 3 < apart.max()


def test_a_browser_reads_the_text_of_a_caption_and_no_markup(browser):
    texts = ["</c><b onclick=alert()>5</b>", "&lt;i>&amp;", "a --> b", "{\\an8}\\N 猫 \N{BULLET}"]
    cues = [Cue(n, n + 1, text) for n, text in enumerate(texts)]
    content = base64.b64encode(webvtt(cues, 30).encode()).decode()
    page = browser.new_page()
    page.set_content(f"<video><track default src='data:text/vtt;base64,{content}'></video>")
    page.wait_for_function("document.querySelector('track').readyState == HTMLTrackElement.LOADED")
    read = page.evaluate(
        "Array.from(document.querySelector('track').track.cues, (cue) => cue.getCueAsHTML())"
        ".map((html) => [html.textContent, html.childElementCount])"
    )
    assert read == [[text, 0] for text in texts]
    page.close()
