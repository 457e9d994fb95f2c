"""The closer look says why A, not B, as the still does."""

import re
from decimal import Decimal

import numpy as np

import mnistviz
from explorers import SHOWN, random_set, text
from mnistviz.datasets.dataset import as_pixels
from mnistviz.frame.decisive import sentence, sums_of
from mnistviz.language.language import ENGLISH
from mnistviz.model.linear import LinearClassifier

FOUND = """(pairs) => Array.from({length: PLACES}, (_, place) => {
    const { contributions } = answer(asPixels(imageAt(place)));
    return pairs.map(([one, other]) => {
        const differences = contributions.slice(one * SIZE, (one + 1) * SIZE)
            .map((value, pixel) => value - contributions[other * SIZE + pixel]);
        return decisiveText(sumsOf(differences, bias[one] - bias[other]));
    });
})"""


def said_of(model, image, one, other):
    products = model.contributions(as_pixels(image[None])[0])
    start = float(model.bias[one] - model.bias[other])
    return sentence(ENGLISH, sums_of(products[one] - products[other], start, image.shape))


def test_the_page_finds_the_part_that_decides_as_python_does(visit, digits, trained):
    model = trained.model
    pairs = [(one, other) for one in range(10) for other in range(10) if one != other]
    expected = [
        [said_of(model, digits.test.images[index], *pair) for pair in pairs] for index in SHOWN
    ]
    assert visit().evaluate(FOUND, pairs) == expected
    flat = [re.sub(r" \S*\d.*", "", said) for row in expected for said in row]
    assert len(set(flat)) > 8  # kinds of sentences


def test_parts_are_thirds_of_any_height_and_width_and_the_biases_can_decide(visit, tmp_path):
    data, random = random_set((8, 11), 3)
    model = LinearClassifier(random.weights, np.array([200, 0, -300])).centred()
    mnistviz.explore(data, model, tmp_path / "odd.html")
    page = visit(tmp_path / "odd.html")
    pairs, places = [(0, 1), (1, 0), (2, 1)], page.evaluate("facts.indices")
    expected = [
        [said_of(model, data.test.images[index], *pair) for pair in pairs] for index in places
    ]
    assert page.evaluate(FOUND, pairs) == expected
    assert expected[0][0].startswith("the biases decide most")


def test_the_sentence_is_of_the_classes_that_are_compared_and_a_lead_has_no_sign(visit, trained):
    page = visit(link="#image=8&class=6&against=5")
    expected = said_of(trained.model, mnistviz.load().test.images[8], 6, 5)
    assert text(page, "#decisive").lower() == expected.lower()
    assert text(page, "#decisive")[0].isupper()
    assert re.search(r"6 is \d+\.\d ahead of 5:", text(page, "#closer-text"))
    page.evaluate("state.against = NO_OTHER, showCloser()")
    assert text(page, "#decisive") == ""


WRITTEN = """(pairs) => Array.from({length: PLACES}, (_, place) => {
    showImage(place);
    return pairs.map(([one, other]) => {
        Object.assign(state, { column: one, against: other });
        showCloser();
        const numbers = document.querySelectorAll('#balance li > :last-child');
        return [...numbers].map((it) => it.innerText);
    });
})"""


def test_the_written_parts_of_the_closer_look_add_up_to_its_written_total(visit):
    pairs = [[one, other] for one in (3, 6) for other in (-2, 1, 5)]
    seen = set()
    for row in visit().evaluate(WRITTEN, pairs):
        for written in row:
            *parts, total = (Decimal(each.replace("−", "-")) for each in written)
            assert sum(parts) == total, written
            decimals = {-each.as_tuple().exponent for each in (*parts, total)}
            assert len(decimals) == 1, written
            seen |= decimals
    assert {1, 2} <= seen


def test_the_result_of_the_tug_of_war_hides_no_sign(visit):
    hidden = """(wars) => wars.filter(([plus, minus, result]) => {
        pull(plus, minus, result);
        const [contra, pro, net] = byId('tug').children;
        const tick = net.getBoundingClientRect();
        return [contra, pro].some((side) => {
            const range = document.createRange();
            range.selectNodeContents(side);
            const sign = range.getBoundingClientRect();
            return sign.left < tick.right + 2 && tick.left - 2 < sign.right;
        });
    })"""
    wars = [(7.7, -7, net) for net in (-7.2, -6.8, -3.4, 0.1, 2.7, 3.9, 7.4, 7.8)]
    assert visit(link="#image=9").evaluate(hidden, wars) == []


def test_the_outline_is_between_the_pixels_of_ink_and_those_without(visit, digits):
    """Each side of each pixel is looked at a little inside of it, where the line still is."""
    page = visit(link="#image=9")
    lines = page.evaluate("""() => {
        const k = loupe.width / facts.width;
        const { data } = loupe.getContext('2d').getImageData(0, 0, loupe.width, loupe.height);
        const wrong = getComputedStyle(loupe).getPropertyValue('--wrong').trim();
        const hex = (level) => level.toString(16).padStart(2, '0');
        const colourAt = (x, y) => '#' + [0, 1, 2]
            .map((part) => hex(data[4 * (y * loupe.width + x) + part])).join('');
        return [...Array(SIZE).keys()].map((pixel) => {
            const [row, column] = placeOf(pixel), middle = Math.floor(k / 2);
            return [colourAt(column * k, row * k + middle), colourAt(column * k + middle, row * k)]
                .map((colour) => Number(colour === wrong));
        });
    }""")
    ink = np.pad(as_pixels(digits.test.images[9][None])[0].reshape(28, 28) > 0.5, ((1, 0), (1, 0)))
    left, above = ink[1:, 1:] != ink[1:, :-1], ink[1:, 1:] != ink[:-1, 1:]
    assert lines == np.stack([left.ravel(), above.ravel()], 1).astype(int).tolist()
    assert left.sum() > 20


def assert_nothing_to_explain(page, reason):
    assert text(page, "#closer-title") == "Nothing to explain yet"
    assert text(page, "#closer-text") == reason
    assert page.locator("#why").text_content() == "Nothing to explain yet"
    assert page.locator("#balance").is_hidden()
    assert text(page, "#decisive") == ""


def test_of_blank_paper_there_is_nothing_to_explain(visit):
    page = visit(link="#draw=")
    assert_nothing_to_explain(page, "Nothing drawn. Only the biases speak.")
    page.evaluate("showImage(0)")
    assert text(page, "#closer-title").startswith("Why")
    assert page.locator("#balance").is_visible()


def test_where_all_scores_are_the_same_there_is_nothing_to_explain(visit, digits, tmp_path):
    alike = LinearClassifier(np.full((784, 10), 0.01, np.float32), np.zeros(10, np.float32))
    mnistviz.explore(digits, alike, tmp_path / "page.html", mnistviz.Selection(indices=(9,)))
    page = visit(tmp_path / "page.html")
    assert_nothing_to_explain(page, "All classes score the same: it has no opinion yet.")
