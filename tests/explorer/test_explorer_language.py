"""The explorer in other languages: everything that it says, its numbers, and its direction."""

import json
import re
from dataclasses import replace
from itertools import combinations
from string import ascii_letters

import numpy as np
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

import mnistviz
from explorers import SHOWN, draw, random_set, text, visiting
from made_up import SAME, made_up, wording
from mnistviz.config import PageConfig, Selection, Wording
from mnistviz.datasets.dataset import Split
from mnistviz.errors import OptionError
from mnistviz.explorer.wording import messages_of, numbers_of
from mnistviz.language.catalogue import languages, template
from mnistviz.language.language import Language, language_of
from mnistviz.model.kind import KINDS
from scripts_in_node import computed

# All texts of a page and of its attributes, one a line.
SAID = """() => {
    const said = [document.title];
    const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        if (!texts.currentNode.parentElement.closest('script, style, noscript, .symbol')) {
            said.push(texts.currentNode.data);
        }
    }
    for (const name of ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt',
        'aria-description']) {
        for (const it of document.querySelectorAll(`[${name}]`)) said.push(it.getAttribute(name));
    }
    return said.join('\\n');
}"""


OWN = "AP8Al___________________________AP8AZw"  # a picture with a line
# Open a picture of sixteen pieces, and what is none.
OPEN_PICTURES = """async (most) => {
    facts.form.mostPixels = most;
    const canvas = Object.assign(document.createElement('canvas'), { width: 90, height: 90 });
    const context = canvas.getContext('2d');
    for (let at = 0; at < 16; at++) context.fillRect(9 + 20 * (at % 4), 9 + 20 * (at >> 2), 9, 9);
    const blob = await new Promise((done) => canvas.toBlob(done));
    await openPictures([new File([blob], '1'), new File([], '2')]);
}"""


def everything_said(page):
    """Do all that a reader can do; yield all texts of the page after each."""
    closer = "#image=8&pixel=9.9&class=6&against=5"
    for link in ("", "#image=9999", "#draw=", "#only=right", closer):
        page.evaluate(f"open('{link}')")
        yield page.evaluate(SAID)
    for step in range(5):
        page.evaluate(f"walk({step})")
        yield page.evaluate(SAID)
    for made in ("erase", "dot", "line"):
        page.evaluate("open('#draw=')")
        page.evaluate(f"takeTool('{'eraser' if made == 'erase' else 'brush'}')")
        draw(page, (0.5, 0.2), (0.5, 0.8))
        page.evaluate("togglePen()")
        yield page.evaluate(SAID)
        page.evaluate("togglePen()")
        yield page.evaluate(SAID)
    for link in ("#image=8", "#image=9&only=wrong&of=1"):
        page.evaluate(f"open('{link}')")
        draw(page, (0.2, 0.2), (0.8, 0.3))
        yield page.evaluate(SAID)
        page.evaluate("changeMind()")
        yield page.evaluate(SAID)
    for only, of in (("wrong", ""), ("right", "0"), ("wrong", "0"), ("", "1")):
        page.evaluate(f"setSelect('only', '{only}'), setSelect('of', '{of}'), takeFilters()")
        yield page.evaluate(SAID)
    for link in ("#own=", f"#own={OWN}", f"#own={OWN}&draw=f"):
        page.evaluate(f"open('{link}')")
        yield page.evaluate(SAID)
    for most in (2**26, 1):
        page.evaluate(OPEN_PICTURES, most)
        yield page.evaluate(SAID)
    for link, acts in (("#draw=", "Command"), ("#image=8&draw=b0a22226262", "Command Link Svg")):
        page.evaluate(f"open('{link}')")
        for act in acts.split():
            page.evaluate("save(svgUrl(), 'a.png')" if act == "Svg" else f"copy{act}()")
            yield page.evaluate(SAID)
    for link in ("#at=1", "#at=5", "#smooth=0.01", ""):
        page.evaluate(f"open('{link}')")
        yield page.evaluate(SAID)
    page.evaluate("play(), learn()")
    yield page.evaluate(SAID)
    page.evaluate("stop(), stopLearning(), facts.checks[0][0] += 9, checkLogits()")
    yield page.evaluate(SAID)
    # Of these, each needs a page or a drawing of its own.
    yield page.evaluate("""[
        imageForm(new Uint8Array(16).fill(255, 0, 8), 4, 4),
        imageForm(Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0), 3, 3),
        leadText(0, 1, 1), leadText(0, 1, 50), leadText(1, 0, 0),
        mistakeStep(-1).text, mistakeStep(PLACES).text, backText(),
        closerTitle(0, 1), closerTitle(0, -1), signsText(),
        ...[0, 1, 2].map((it) => (view.predicted = it, closerTitle(0, 1))),
        marked(true, true), marked(true, false), marked(false, true),
        (view.nothing = false, view.logits.fill(0), idleText(view.logits)),
    ].join('\\n')""")


def translated(tag, folder, change):
    """Return a wording in which every message is changed by a function."""
    words = Catalog(tag)
    for message in template():
        if message.pluralizable:
            one, many = map(change, message.id)
            words.add(message.id, (one, *[many] * (words.num_plurals - 1)))
        elif message.id:
            words.add(message.id, change(message.id))
    return written(words, tag, folder)


def written(words, tag, folder):
    """Write words into a file; return the wording with them."""
    with (folder / "words.po").open("wb") as file:
        write_po(file, words)
    return Wording(tag, folder / "words.po")


def in_hebrew_letters(text):
    """Return a text with Hebrew letters in place of those outside of braces."""
    letters = {ord(letter): 0x5D0 + at % 26 for at, letter in enumerate(ascii_letters)}
    parts = re.split(r"({\w+})", text)
    return "".join(part if part.startswith("{") else part.translate(letters) for part in parts)


@pytest.fixture(scope="module")
def xx(tmp_path_factory):
    return wording(tmp_path_factory.mktemp("words"), longer=0.4)


@pytest.fixture(scope="module")
def page_in_xx(digits, trained, xx, tmp_path_factory):
    out = tmp_path_factory.mktemp("page") / "xx.html"
    mnistviz.explore(digits, trained, out, Selection(indices=SHOWN), wording=xx)
    return out


def english_in(said, page):
    """Return the English words in texts, but for the name of the data set."""
    said = said.replace(page.evaluate("facts.name"), "")
    said = re.sub(r"[\w.-]+\.(npz|png|po)", "", said)  # the name of a file
    said = re.sub(r"\de\d", "", said)  # a power of ten
    return [line for line in said.split("\n") if re.search("[A-Za-z]", line)]


def test_a_page_in_a_language_that_was_made_up_says_nothing_in_english(visit, page_in_xx):
    page = visit(page_in_xx)
    for said in everything_said(page):
        assert english_in(said, page) == []
    assert page.evaluate("[document.documentElement.lang, document.dir]") == ["qaa", "ltr"]
    noscript = re.search("<noscript>(.*)</noscript>", page_in_xx.read_text("utf-8"))[1]
    assert made_up("This page") in noscript
    assert not re.search("[A-Za-z]", re.sub("<.*?>", "", noscript))


@pytest.mark.parametrize("width", [360, 1280])
def test_the_sliders_have_room_for_longer_words(visit, page_in_xx, width):
    page = visit(page_in_xx, "#at=1", viewport={"width": width, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for part in ("#version", "#version-text", "#learn", "#course label"):
        for each in page.locator(part).all():
            box = each.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width


ALL_SAID = f"""() => {{
    const said = {SAID}, all = [];
    for (const link of ['', '#draw=', '#only=right', '#image=8&pixel=9.9&class=6&against=5']) {{
        open(link);
        all.push(said());
    }}
    for (const step of [0, 1, 2, 3, 4]) {{
        walk(step);
        all.push(said());
    }}
    return all.join('\\n');
}}"""


@pytest.fixture(scope="module")
def small_page(tmp_path_factory):
    """Return a function that writes a page of a few digits in a language."""
    data, model = random_set((28, 28), 10)
    data = replace(data, noun="digit")
    folder = tmp_path_factory.mktemp("small")

    def written_in(tag):
        out = folder / f"{tag}.html"
        mnistviz.explore(data, model, out, wording=Wording(tag))
        return out

    return written_in


@pytest.fixture(scope="module")
def said_in_english(window, small_page):
    with visiting(window, small_page("en")) as visit:
        return visit().evaluate(ALL_SAID).split("\n")


@pytest.mark.parametrize("tag", languages())
def test_a_page_in_every_language_says_nothing_in_english_and_all_has_room(
    visit, small_page, said_in_english, tag
):
    page = visit(small_page(tag))
    said = set(said_in_english), set(page.evaluate(ALL_SAID).split("\n"))
    assert len(said[1]) > 100
    alike = (re.sub(r"{.*}", "", it).strip() for it in SAME.get(tag, ["softmax"]))
    terms = "|".join(map(re.escape, alike))
    left = {re.sub(terms, "", text) for text in said[0] & said[1]}
    assert not {text for text in left if re.search("[A-Za-z]{2}", text)} - {"random"}
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert overlapping(page, width) == []


@pytest.mark.parametrize("kind", ["svm", "logistic"])
def test_so_does_one_of_another_kind_of_model_in_colour(visit, tmp_path, xx, kind):
    data, model = random_set((64, 64), ("0", "1", "2"))  # of pixels too small for signs
    looks = PageConfig(weights="diverging", palette="blue-orange", sliders=False)
    mnistviz.explore(
        data, replace(model, kind=KINDS[kind]), tmp_path / "page.html", page=looks, wording=xx
    )
    page = visit(tmp_path / "page.html")
    for said in everything_said(page):
        assert english_in(said, page) == []


def test_an_english_page_holds_no_catalogue(explorer):
    facts = json.loads(re.search('id="data">(.*?)</script>', explorer.read_text("utf-8"))[1])
    assert (facts["messages"], facts["counted"]) == ({}, {})


LANGUAGES = ("en", "de", "fr", "es", "pt", "pt-BR", "it", "nl", "pl", "tr", "ru", "uk", "zh", "ja",
             "ko", "hi", "ar", "he", "fa", "qaa")  # fmt: skip


def test_a_page_writes_numbers_as_python_does_in_every_language(explorer):
    counts = (0, 1, 7, 12, 784, 1000, 4615, 10_000, 60_000, 123_456, 1_234_567)
    scores = (0.0, 0.04, 0.06, -0.06, 1.0, -1.26, 12.34, -99.94, 99.96, 543.2, -999.4)
    shares = (0.0, 0.0004, 0.0006, 0.0123, 0.5, 0.928, 0.9994, 0.9996, 1.0)
    function = """([languages, counts, scores, shares]) => languages.map((numbers) => {
        facts.numbers = numbers;
        const signs = scores.map((each) => signed(each));
        return [counts.map(grouped), signs, shares.map(probability)];
    })"""
    spoken = [Language(tag) for tag in LANGUAGES]
    given = [[numbers_of(language) for language in spoken], counts, scores, shares]
    for language, found in zip(spoken, computed(explorer, "numbers", function, given), strict=True):
        assert found == [
            [language.number(each) for each in counts],
            [language.signed(each) for each in scores],
            [language.probability(each) for each in shares],
        ], language.tag


PLURALS = {
    "de": ("n != 1", 2),
    "fr": ("n > 1", 2),
    "ja": ("0", 1),
    "ru": ("n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2", 3),
    "pl": ("n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2", 3),
    "ar": ("n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5", 6),
}


@pytest.mark.parametrize("tag", PLURALS)
def test_a_page_takes_the_plurals_that_python_takes(explorer, tmp_path, tag):
    rule, forms = PLURALS[tag]
    words = Catalog(tag)
    words.mime_headers = [
        (name, f"nplurals={forms}; plural=({rule});" if name == "Plural-Forms" else value)
        for name, value in words.mime_headers
    ]
    one, many = message = ("{number} mistake", "{number} mistakes")
    words.add(message, tuple(f"{form}: {{number}}" for form in range(forms)))
    language = language_of(written(words, tag, tmp_path))
    counts = [*range(31), 100, 101, 102, 103, 111, 121, 199, 200, 201, 202, 211, 999, 1_002, 10_000]
    function = """([words, numbers, one, many, counts]) => {
        Object.assign(facts, words, { numbers });
        return counts.map((each) => sayCounted(one, many, each));
    }"""
    given = [messages_of(language), numbers_of(language), one, many, counts]
    found = computed(explorer, "words", function, given)
    assert found == [language.say_counted(one, many, each) for each in counts]
    assert len({each.split(":")[0] for each in found}) == forms


def test_no_word_of_a_catalogue_is_markup_or_code(visit, tmp_path):
    spoilt = "</script><img src=x onerror=alert(1)>\"'$policy $$ "
    words = translated("qaa", tmp_path, lambda message: spoilt + message)
    data, model = random_set((8, 8), 3)
    mnistviz.explore(data, model, tmp_path / "page.html", wording=words)
    page = visit(tmp_path / "page.html")  # where a dialog or a report fails the test
    assert text(page, "#brush") == f"{spoilt}Brush"
    assert page.locator("#pad").get_attribute("aria-label") == f"{spoilt}Drawing pad"
    assert text(page, "#place").startswith(spoilt)
    page.evaluate("walk(0)")
    assert text(page, "#walk-title").startswith(spoilt)
    assert page.locator("img, svg, script:not(#data)").count() == 1


@pytest.fixture(scope="module")
def mirrored(digits, trained, tmp_path_factory):
    folder = tmp_path_factory.mktemp("he")
    words = translated("he", folder, in_hebrew_letters)
    mnistviz.explore(
        digits,
        trained,
        folder / "he.html",
        Selection(indices=SHOWN),
        PageConfig(sliders=False),
        words,
    )
    return folder / "he.html"


def boxes(page, parts):
    return [it.bounding_box() for it in page.locator(parts).all()]


@pytest.mark.parametrize("width", [360, 1280])
def test_what_has_a_direction_is_mirrored_and_columns_are_not(visit, mirrored, width):
    page = visit(mirrored, "#image=8&pixel=9.12", viewport={"width": width, "height": 800})
    assert page.evaluate("[document.documentElement.lang, document.dir]") == ["he", "rtl"]
    for band in page.locator(".band").all():
        lefts = [it.bounding_box()["x"] for it in band.locator(".column").all()]
        assert lefts == sorted(lefts)
        assert band.locator(".labels").bounding_box()["x"] > lefts[-1]
    names = page.locator(".column .heading").all_inner_texts()
    assert names == list("0123456789")
    previous, next_ = boxes(page, "#previous, #next")
    if previous["y"] == next_["y"]:
        assert previous["x"] > next_["x"]
    if width == 1280:
        desk, film = boxes(page, "#desk, #film")
        assert desk["x"] > film["x"]
        position, place = boxes(page, "#position, #place")
        if abs(position["y"] - place["y"]) < 5:  # else long words have wrapped
            assert position["x"] > place["x"]
    # The marked pixel is the twelfth from the left, in a cell too.
    cell = page.locator(".cell.images").first.bounding_box()
    mark = page.evaluate("""parseFloat(getComputedStyle(
        document.querySelector('.cell.images'), '::before').left)""")
    assert mark == pytest.approx(cell["width"] * 12.5 / 28, abs=1)


# Text, left, top, right and bottom of each line of text that is visible.
LINES = """() => {
    const lines = [], range = document.createRange();
    const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const { parentElement } = texts.currentNode;
        if (parentElement.closest('noscript, select, .labels b, #tug')) continue;
        if (!parentElement.checkVisibility({ visibilityProperty: true })) continue;
        const clipped = parentElement.closest('.unseen, .word');
        if (clipped && getComputedStyle(clipped).clipPath !== 'none') continue;
        range.selectNodeContents(texts.currentNode);
        for (const { left, top, right, bottom } of range.getClientRects()) {
            if (right - left > 0.5) lines.push([range.toString(), left, top, right, bottom]);
        }
    }
    return lines;
}"""


def overlapping(page, width):
    """Return the lines of text that overlap, in pairs, and those that leave the page."""
    lines = page.evaluate(LINES)
    outside = [each[0] for each in lines if each[1] < 0 or each[3] > width]
    return outside + [
        (one[0], other[0])
        for one, other in combinations(lines, 2)
        if min(one[3], other[3]) - max(one[1], other[1]) > 1
        # Lines are higher than letters, those of a heading by more.
        and min(one[4], other[4]) - max(one[2], other[2]) > max(4, 0.2 * (one[4] - one[2]))
    ]


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("language", ["page_in_xx", "mirrored"])
def test_long_words_have_room(visit, request, language, width):
    path = request.getfixturevalue(language)
    link = "#image=8&pixel=9.12&class=6&against=5&step=4"
    page = visit(path, link, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert overlapping(page, width) == []


def test_a_long_word_for_the_bias_stands_once_before_the_columns(visit, tmp_path):
    words = translated("qaa", tmp_path, lambda it: "Verzerrungsgröße" if it == "bias" else it)
    data, model = random_set((28, 28), 8)
    mnistviz.explore(data, model, tmp_path / "page.html", wording=words)
    page = visit(tmp_path / "page.html")
    assert page.locator(".tiny").count() == 1
    assert overlapping(page, 1280) == []


def test_a_name_of_a_class_keeps_its_place_in_a_sentence_from_right_to_left(visit, tmp_path):
    words = translated("he", tmp_path, in_hebrew_letters)
    data, model = random_set((8, 8), ("T-shirt (top)", "Trouser"))
    mnistviz.explore(data, model, tmp_path / "page.html", wording=words)
    page = visit(tmp_path / "page.html", "#class=0&against=1")
    assert "\u2068T-shirt (top)\u2069" in page.locator("#closer-title").text_content()


def test_a_page_of_large_images_is_under_a_megabyte_in_every_script(tmp_path):
    words = translated("he", tmp_path, lambda it: 2 * in_hebrew_letters(it))
    data, model = random_set((64, 64), 26)
    noise = np.random.default_rng(0).integers(0, 256, (300, 64, 64), np.uint8)
    many = Split(noise, np.arange(300) % 26)
    data = replace(data, test=many)
    done = mnistviz.explore(data, model, tmp_path / "page.html", wording=words)
    assert done.images < 300
    assert 900_000 < done.path.stat().st_size < 1_000_000


def test_an_unknown_language_and_a_font_are_refused_and_an_older_page_stays(tmp_path):
    data, model = random_set((4, 4), 3)
    out = tmp_path / "page.html"
    out.write_text("old")
    unknown, font = Wording("qq"), Wording(font="X")
    for refused, said in ((unknown, "no words of the language 'qq'"), (font, "the font 'X'")):
        with pytest.raises(OptionError, match=said):
            mnistviz.explore(data, model, out, wording=refused)
    assert out.read_text() == "old"
