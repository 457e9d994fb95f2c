"""The site that `make docs` builds is whole, and needs nothing from elsewhere."""

import shutil
import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote, urlsplit

import pytest
from axe_core_python.sync_playwright import Axe
from filelock import FileLock

import mnistviz
from elements import Elements
from pages import ROOT

pytestmark = pytest.mark.slow


def loads(page):
    """Return what a page loads: all references but its links."""
    return [
        given[name]
        for tag, given in page.all
        for name in ("href", "src", "poster")
        if tag != "a" and given.get(name)
    ]


def build(docs, out):
    """Build the site as `make docs` does; return status and messages."""
    options = ("--fresh-env", "--fail-on-warning", "--keep-going", "--quiet")
    command = [sys.executable, "-m", "sphinx", *options, docs, out]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def site(tmp_path_factory, worker_id):
    """The site, which the first of all processes builds that run the tests."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    with FileLock(shared / "site.lock"):
        if not (shared / "site.built").exists():
            assert build(ROOT / "docs", shared / "site") == (0, "")
            (shared / "site.built").touch()
    return shared / "site"


@pytest.fixture(scope="module")
def pages(site):
    return {path: Elements(path.read_text("utf-8")) for path in site.glob("*.html")}


def test_every_page_of_docs_is_a_page_of_the_site(pages):
    names = {path.stem for path in pages}
    assert {path.stem for path in ROOT.glob("docs/*.md")} <= names


def test_every_link_and_picture_of_the_site_is_there_and_so_is_its_anchor(site, pages):
    for path, page in pages.items():
        for target in page.values("href", "src", "poster"):
            url = urlsplit(target)
            if not url.scheme:
                file = (path.parent / unquote(url.path)).resolve() if url.path else path
                assert file.is_relative_to(site.resolve()), f"{path.name}: {target}"
                assert file.exists(), f"{path.name}: {target}"
                assert not url.fragment or unquote(url.fragment) in pages[site / file.name].values(
                    "id"
                )


def test_the_site_loads_nothing_from_elsewhere(pages):
    for path, page in pages.items():
        assert [it for it in loads(page) if urlsplit(it).netloc] == [], path.name


@pytest.fixture(scope="module")
def served(site):
    """The address of a server of the site: a browser takes captions from no file."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("width", "film", "scheme"),
    [(360, "phone", "dark"), (768, "film", "light"), (1280, "film", "dark")],
)
def test_the_front_page_has_the_explorer_at_work_and_the_film_with_captions(
    served, browser, width, film, scheme
):
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served}/index.html")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    inside = page.frame_locator("iframe.explorer")
    assert inside.locator(".column .heading").all_inner_texts() == list("0123456789")
    inside.locator("#clear").click()
    heights = inside.locator("html").evaluate(
        "[document.documentElement.scrollHeight, innerHeight]"
    )
    assert heights[0] == heights[1]  # no scroll bar of its own
    page.evaluate("video = document.querySelector('video'); video.scrollIntoView(); video.play()")
    page.wait_for_function("video.currentTime > 0.3 && video.textTracks[0].cues.length === 10")
    assert page.evaluate("video.currentSrc") == f"{served}/live/{film}.mp4"
    assert page.evaluate("video.controls")
    assert said == []
    assert all(url.startswith((served, "data:", "blob:")) for url in asked)
    page.close()


def test_a_browser_shows_the_formulas_and_asks_the_network_for_nothing(site, browser):
    asked = []
    page = browser.new_page(viewport={"width": 400, "height": 800})
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "mathematics.html").as_uri())
    width = "document.querySelector('math').getBoundingClientRect().width"
    assert page.evaluate(width) > 5
    assert page.evaluate("document.documentElement.scrollWidth") == 400  # of a phone
    assert "\\frac" not in page.inner_text("article")
    assert {urlsplit(url).scheme for url in asked} <= {"file", "data"}
    page.close()


@pytest.mark.parametrize(("name", "scheme"), [("index.html", "light"), ("looks.html", "dark")])
def test_axe_finds_no_critical_or_serious_violation(site, browser, name, scheme):
    page = browser.new_page(color_scheme=scheme)
    page.goto((site / name).as_uri())
    # The explorer in the front page has tests of its own, and no script outside can look into it.
    found = Axe().run(page, {"exclude": [["iframe"]]})["violations"]
    assert [it["id"] for it in found if it["impact"] in ("critical", "serious")] == []
    page.close()


def test_every_name_of_the_package_is_described(site, pages):
    described = pages[site / "python.html"].values("id")
    assert {f"mnistviz.{name}" for name in mnistviz.__all__} <= set(described)


def test_the_build_fails_for_a_page_in_no_contents_and_for_broken_links(tmp_path):
    settings = (ROOT / "docs" / "conf.py").read_text("utf-8")
    without_examples = "_make_examples = print"  # which take long
    (tmp_path / "conf.py").write_text(f"{settings}\n{without_examples}\n", "utf-8")
    shutil.copytree(ROOT / "docs" / "static", tmp_path / "static")
    (tmp_path / "index.md").write_text("# First\n", encoding="utf-8")
    (tmp_path / "lost.md").write_text(
        "# Lost\n[one](nowhere.md), [two](index.md#never), ![three](none.png)\n", encoding="utf-8"
    )
    status, messages = build(tmp_path, tmp_path / "site")
    assert status != 0
    for message in ("isn't included in any toctree", "nowhere.md", "'never'", "none.png"):
        assert message in messages
