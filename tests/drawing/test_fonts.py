"""Which typefaces are looked in, and what is refused as one."""

import pickle
import random
import shutil

import numpy as np
import pytest
from fontTools.ttLib import TTCollection, TTFont

from mnistviz.drawing.find_fonts import FOLDERS, fonts_for, without_typeface
from mnistviz.drawing.fonts import can_draw
from mnistviz.drawing.raster import rasterise, text_width
from mnistviz.drawing.scene import Scene, Text
from mnistviz.drawing.scripts import SCRIPTS
from mnistviz.drawing.text import legible, names_for
from mnistviz.errors import OptionError
from mnistviz.formats.fingerprint import fingerprint
from mnistviz.language.typefaces import DEJAVU, Fonts
from typefaces import BROUGHT, installed, made_up

PIXELS = """STARTFONT 2.1
FONT -own-own-medium-r-normal--8-80-75-75-c-80-iso10646-1
SIZE 8 75 75
FONTBOUNDINGBOX 8 1 0 0
CHARS 1
STARTCHAR A
ENCODING 65
SWIDTH 500 0
DWIDTH 8 0
BBX 8 1 0 0
BITMAP
18
ENDCHAR
ENDFONT
"""  # a typeface in BDF


def drawn(text, fonts=DEJAVU, bold=False):
    line = Text(20, 60, text, 40, (255, 255, 255), bold)
    return rasterise(Scene((600, 100), (0, 0, 0), (line,), (), fonts))


@pytest.mark.parametrize("language", ["en", "de", "ru", "tr", "ar", "he", "xx"])
def test_for_a_language_that_dejavu_sans_can_write_nothing_is_looked_for(language):
    assert fonts_for(language) == DEJAVU


def test_a_typeface_that_is_named_has_the_letters_that_dejavu_sans_lacks_and_no_others(tmp_path):
    file = made_up(tmp_path / "own.ttf", {"お": "o", "A": "Z"})
    fonts = fonts_for("en", str(file))
    assert (legible("おA"), legible("おA", fonts)) == ("oA", "おA")
    assert names_for(("お", "A"), 640, fonts) == ("お", "A")
    np.testing.assert_array_equal(drawn("A", fonts), drawn("A"))
    assert text_width("お", False, fonts) < 0.7
    assert drawn("おA", fonts)[:, :40].any()


def test_a_family_is_found_with_its_regular_and_its_bold_whatever_case_it_is_written_in():
    (family,) = fonts_for("en", "dejavu serif", folders=(str(BROUGHT),)).families
    assert family.regular.file == str(BROUGHT / "DejaVuSerif.ttf")
    assert family.bold.file == str(BROUGHT / "DejaVuSerif-Bold.ttf")
    (upright,) = fonts_for("en", "DejaVu Sans", folders=(str(BROUGHT),)).families
    assert upright.regular.file == str(BROUGHT / "DejaVuSans.ttf")


def test_what_a_language_needs_is_taken_from_what_is_named_before_what_is_installed(tmp_path):
    devanagari = next(script for script in SCRIPTS if "hi" in script.languages)
    own, other = (tmp_path / name for name in ("own", "other"))
    for folder, family in ((own, "Own"), (other, devanagari.families[-1])):
        folder.mkdir()
        made_up(folder / "font.ttf", dict.fromkeys(devanagari.letters, "o"), family)
    found = fonts_for("hi", folders=(str(other),))
    assert found.families[0].regular.file == str(other / "font.ttf")
    named = fonts_for("hi", str(own / "font.ttf"), folders=(str(other),))
    assert [family.regular.file for family in named.families] == [str(own / "font.ttf")]
    lacking = made_up(tmp_path / "lacking.ttf", {"お": "o"})
    both = fonts_for("hi", str(lacking), folders=(str(other),))
    assert [family.regular.file for family in both.families][1:] == [str(other / "font.ttf")]
    assert without_typeface(("en", "hi", "ja"), (str(other),)).keys() == {"ja"}


def test_without_a_typeface_for_a_language_it_is_said_what_to_install(tmp_path):
    for language, words in {
        "hi": ("Devanagari", "Noto Sans Devanagari", "fonts-noto-core"),
        "zh": ("Chinese", "Noto Sans CJK SC", "fonts-noto-cjk"),
        "zh-TW": ("traditional Chinese", "Noto Sans CJK TC", "fonts-noto-cjk"),
        "ja": ("Japanese", "Noto Sans CJK JP", "fonts-noto-cjk"),
        "ko": ("Korean", "Noto Sans CJK KR", "fonts-noto-cjk"),
    }.items():
        with pytest.raises(OptionError) as caught:
            fonts_for(language, folders=(str(tmp_path),))
        assert all(word in str(caught.value) for word in (*words, "--font", language))


def test_of_the_faces_in_a_file_a_language_takes_its_own(tmp_path):
    collection = TTCollection()
    for family in ("First", "Noto Sans CJK JP"):
        font = made_up(tmp_path / f"{family}.ttf", dict.fromkeys("図画数のカ", "o"), family)
        collection.fonts.append(TTFont(font))
    collection.save(tmp_path / "both.ttc")
    faces = {
        language: fonts_for(language, str(tmp_path / "both.ttc")).families[0].bold.face
        for language in ("en", "ja")
    }
    assert faces == {"en": 0, "ja": 1}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("missing.ttf", "cannot read the typeface in missing.ttf: No such file"),
        ("./missing", "cannot read the typeface in missing: No such file"),
        ("text.ttf", "text.ttf: expected a TrueType or OpenType font, got"),
        ("empty.otf", "empty.otf: expected a TrueType or OpenType font"),
        ("folder.ttc", "folder.ttc: expected a file, got a folder"),
        ("./pixels", "pixels: expected a typeface of outlines, got one of pixels"),
        ("nul\0.ttf", "null"),
        ("DejaVu Sanz", "none is called 'DejaVu Sanz'; near it are DejaVu Sans"),
        ("Nothing like it", "none is called 'Nothing like it'$"),
    ],
)
def test_what_is_no_typeface_is_refused(tmp_path, monkeypatch, given, message):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.ttf").write_text("no typeface" * 100)
    (tmp_path / "empty.otf").touch()
    (tmp_path / "folder.ttc").mkdir()
    (tmp_path / "pixels").write_text(PIXELS)
    with pytest.raises(OptionError, match=message):
        fonts_for("en", given, folders=(str(BROUGHT),))


def test_a_typeface_with_enormous_letters_takes_no_memory_but_is_refused(tmp_path):
    file = made_up(tmp_path / "large.ttf", {"お": "o"}, units=16)
    with pytest.raises(OptionError, match=r"large.ttf: expected letters up to 20 sizes high"):
        drawn("お", fonts_for("en", str(file)))


def test_a_damaged_typeface_draws_something_or_is_refused(tmp_path):
    whole = made_up(tmp_path / "whole.ttf", dict.fromkeys("おかき", "o")).read_bytes()
    rng = random.Random(0)
    outcomes = set()
    for attempt in range(60):
        damaged = bytearray(whole[: rng.randrange(len(whole))] if attempt % 3 == 0 else whole)
        for _ in range(rng.choice((1, 20, 400))):
            damaged[rng.randrange(min(len(damaged), rng.choice((200, 10**6))))] = rng.randrange(256)
        file = tmp_path / f"{attempt}.ttf"
        file.write_bytes(damaged)
        try:
            fonts = fonts_for("en", str(file))
            outcomes.add(drawn(legible("おかき", fonts), fonts).any())
        except OptionError as error:
            outcomes.add(str(error).replace(str(file), "FILE"))
    assert all("FILE" in outcome for outcome in outcomes - {True, False})
    assert len(outcomes) > 2


def test_typefaces_go_to_other_processes_and_a_film_depends_on_their_files(tmp_path):
    file = made_up(tmp_path / "own.ttf", {"お": "o"})
    fonts = fonts_for("en", str(file))
    same = pickle.loads(pickle.dumps(fonts))
    assert (same, hash(same)) == (fonts, hash(fonts))
    np.testing.assert_array_equal(drawn("お", same), drawn("お", fonts))
    shutil.copy(made_up(tmp_path / "other.ttf", {"お": "x"}), file)
    assert fingerprint(fonts_for("en", str(file))) != fingerprint(fonts)


@pytest.mark.parametrize("language", ["hi", "zh", "ja", "ko"])
def test_an_installed_typeface_has_the_letters_of_the_language(language):
    fonts = installed(language)
    letters = {"hi": "हि", "zh": "图", "ja": "の", "ko": "한"}[language]
    assert legible(letters) != letters
    assert legible(letters, fonts) == letters
    assert drawn(letters, fonts).any()
    assert drawn(letters, fonts, bold=True).any()


def test_all_scripts_name_letters_that_dejavu_sans_lacks():
    for script in SCRIPTS:
        assert not can_draw(script.letters), script.name
    assert Fonts() == DEJAVU
    assert FOLDERS


def test_a_user_without_a_home_has_the_typefaces_of_the_system(tmp_path):
    made_up(tmp_path / "own.ttf", {"お": "o"})
    nobody = "~no-such-user-of-mnistviz"
    (family,) = fonts_for("en", "made up", folders=(nobody, str(tmp_path))).families
    assert family.regular.file == str(tmp_path / "own.ttf")
    with pytest.raises(OptionError, match=rf"{nobody}/own\.ttf: No such file"):
        fonts_for("en", f"{nobody}/own.ttf")
