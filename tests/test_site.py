"""The site that `make docs` builds is whole, and needs nothing from elsewhere."""

import shutil
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from axe_core_python.sync_playwright import Axe

import mnistviz
from pages import ROOT

pytestmark = pytest.mark.slow


class Page(HTMLParser):
    """The links of a page, what it loads, and the places in it that links may name."""

    def __init__(self, path):
        super().__init__()
        self.links, self.loads, self.places = [], [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.places.add(given.get("id"))
        (self.links if tag == "a" else self.loads).extend(
            given[name] for name in ("href", "src", "poster") if given.get(name)
        )


def build(docs, out):
    """Build the site as `make docs` does; return status and messages."""
    options = ("--fresh-env", "--fail-on-warning", "--keep-going", "--quiet")
    command = [sys.executable, "-m", "sphinx", *options, docs, out]
    told = subprocess.run(command, capture_output=True, text=True)
    return told.returncode, told.stdout + told.stderr


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    assert build(ROOT / "docs", folder) == (0, "")
    return folder


@pytest.fixture(scope="module")
def pages(site):
    return {path: Page(path) for path in site.glob("*.html")}


def test_every_page_of_docs_is_a_page_of_the_site(pages):
    names = {path.stem for path in pages}
    assert {path.stem for path in ROOT.glob("docs/*.md")} <= names


def test_every_link_and_picture_of_the_site_is_there_and_so_is_its_anchor(site, pages):
    for path, page in pages.items():
        for target in page.links + page.loads:
            url = urlsplit(target)
            if not url.scheme:
                file = (path.parent / unquote(url.path)).resolve() if url.path else path
                assert file.is_relative_to(site.resolve()), f"{path.name}: {target}"
                assert file.exists(), f"{path.name}: {target}"
                assert not url.fragment or unquote(url.fragment) in pages[site / file.name].places


def test_the_site_loads_nothing_from_elsewhere(pages):
    for path, page in pages.items():
        assert [it for it in page.loads if urlsplit(it).netloc] == [], path.name


def test_a_browser_shows_the_film_and_the_formulas_and_asks_the_network_for_nothing(site, browser):
    asked = []
    page = browser.new_page(viewport={"width": 400, "height": 800})
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "index.html").as_uri())
    assert page.evaluate("document.querySelector('img[src$=\".gif\"]').naturalWidth") == 960
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
    found = Axe().run(page)["violations"]
    assert [it["id"] for it in found if it["impact"] in ("critical", "serious")] == []
    page.close()


def test_every_name_of_the_package_is_described(site):
    described = Page(site / "python.html").places
    assert {f"mnistviz.{name}" for name in mnistviz.__all__} <= described


def test_the_build_fails_of_what_is_in_no_contents_and_of_links_that_lead_nowhere(tmp_path):
    shutil.copy(ROOT / "docs" / "conf.py", tmp_path)
    shutil.copytree(ROOT / "docs" / "static", tmp_path / "static")
    (tmp_path / "index.md").write_text("# First\n", encoding="utf-8")
    (tmp_path / "lost.md").write_text(
        "# Lost\n[one](nowhere.md), [two](index.md#never), ![three](none.png)\n", encoding="utf-8"
    )
    status, messages = build(tmp_path, tmp_path / "site")
    assert status != 0
    for told in ("isn't included in any toctree", "nowhere.md", "'never'", "none.png"):
        assert told in messages
