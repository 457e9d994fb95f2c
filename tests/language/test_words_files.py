"""A file of words: what it changes, and when it is refused."""

import warnings

import pytest

from mnistviz import Wording
from mnistviz.drawing.find_fonts import drawn_language
from mnistviz.errors import LanguageWarning, OptionError
from mnistviz.language.catalogue import to_fill_in, written
from mnistviz.language.language import language_of

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
FORMS = '"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);\\n"\n'


def words(folder, body, tag="sv"):
    path = folder / f"{tag}.po"
    path.write_text(body, encoding="utf-8")
    return Wording(tag, path)


def said_in(folder, body, tag="sv"):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LanguageWarning)
        return language_of(words(folder, body, tag))


def test_a_file_says_what_is_in_it_and_the_rest_stays_english(tmp_path):
    language = said_in(tmp_path, HEADER + '\nmsgid "green"\nmsgstr "grön"\n')
    assert (language.say("green"), language.say("blue")) == ("grön", "blue")
    with pytest.warns(LanguageWarning, match=r"no translation of \d+ messages, which stay English"):
        language_of(words(tmp_path, HEADER))


def test_a_file_changes_some_words_of_a_language_that_we_have(tmp_path):
    plain = language_of(Wording("de"))
    body = HEADER + '\nmsgid "green"\nmsgstr "giftgrün"\n'
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        changed = language_of(words(tmp_path, body, "de"))
    assert changed.say("green") == "giftgrün"
    assert changed.say("blue") == plain.say("blue") == "blau"


def test_a_file_changes_words_of_english(tmp_path):
    changed = said_in(tmp_path, HEADER + '\nmsgid "green"\nmsgstr "lime"\n', "en")
    assert changed.say("green") == "lime"
    assert changed.in_tracks == "eng"


def test_plurals_are_those_of_the_file(tmp_path):
    body = 'msgid "{number} hit"\nmsgid_plural "{number} hits"\n'
    forms = "".join(f'msgstr[{form}] "form {form}"\n' for form in range(3))
    language = said_in(tmp_path, HEADER + FORMS + "\n" + body + forms)
    said = [language.say_counted("{number} hit", "{number} hits", number) for number in (1, 2, 5)]
    assert said == ["form 0", "form 1", "form 2"]


def test_a_file_with_other_plural_forms_than_its_language_has_is_refused(tmp_path):
    body = 'msgid "{number} hit"\nmsgid_plural "{number} hits"\n'
    forms = "".join(f'msgstr[{form}] "form {form}"\n' for form in range(2))
    plain = HEADER + "\n" + body + forms
    assert language_of(words(tmp_path, plain, "de")).say_counted("{number} hit", "{number} hits", 1)
    with pytest.raises(OptionError, match=r"expected the plural forms of pl, .* got"):
        language_of(words(tmp_path, plain, "pl"))
    alone = HEADER + '\nmsgid "green"\nmsgstr "x"\n'
    assert language_of(words(tmp_path, alone, "pl")).say("green") == "x"


def test_the_value_of_a_message_is_never_read_as_one_of_its_names(tmp_path):
    language = said_in(tmp_path, HEADER)
    assert language.say("{name} against {other}", name="{other}", other="7") == "{other} against 7"


def test_what_a_translator_is_not_sure_of_yet_is_not_taken(tmp_path):
    body = '\n#, fuzzy\nmsgid "green"\nmsgstr "grå"\n'
    assert said_in(tmp_path, HEADER + body).say("green") == "green"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('msgid "nonsense"\nmsgstr "x"\n', r"line 4: there is no message 'nonsense'"),
        ('msgid "true {name}"\nmsgstr "{namn}"\n', r"line 4: expected \{name\}, got \{namn\} in"),
        ('msgid "green"\nmsgstr "{x}"\n', r"expected no values, got \{x\} in 'green'"),
        (
            'msgid "{number} hit"\nmsgid_plural "{number} hits"\n'
            + "".join(f'msgstr[{form}] "x"\n' for form in range(3)),
            r"cannot read the words .* more translations than num_plurals",
        ),
        ("nonsense", r"cannot read the words"),
        ("\"Plural-Forms: nplurals=2; plural=__import__('os');\\n\"\n", r"cannot read the words"),
        ("\x00\x01", r"cannot read the words"),
        ('"Plural-Forms: nplurals=2; plural=(1/n);\\n"\n', r"cannot read the words .*zero"),
        ('"Plural-Forms: nplurals=2; plural=(n);\\n"\n', r"from 0 to 1, got 999 in Plural-Forms"),
        (
            '"Plural-Forms: nplurals=999999999; plural=0;\\n"\n',
            r"expected at most 10 plural forms, got 999999999",
        ),
        ('msgid "green"\nmsgstr "gr\\nön"\n', r"expected a line of text, got 'gr\\nön' in 'green'"),
        ('msgid "green"\nmsgstr "\\a"\n', r"expected a line of text"),
        ('msgid "true {name}"\nmsgstr "wahr {name"\n', r"expected {name}, got '{name' in 'true"),
        ('msgid "true {name}"\nmsgstr "wahr {name:>9}"\n', r"got '{name:>9}' in 'true {name}'"),
        ('msgid "true {name}"\nmsgstr "wahr"\n', r"expected {name}, got no {name} in 'true"),
        ('msgid "green"\nmsgstr "gr}n"\n', r"expected no values, got '}n' in 'green'"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_with_its_line(tmp_path, body, message):
    with pytest.raises(OptionError, match=message):
        language_of(words(tmp_path, HEADER + body))


@pytest.mark.parametrize("charset", ["utf-77", "rot13", "latin-1"])
def test_a_file_that_names_another_encoding_is_refused(tmp_path, charset):
    body = HEADER.replace("charset=utf-8", f"charset={charset}")
    with pytest.raises(OptionError, match=f"expected charset=utf-8, got {charset}"):
        language_of(words(tmp_path, body))


def test_words_whose_letters_no_typeface_has_are_refused_where_they_are_drawn(tmp_path):
    given = words(tmp_path, HEADER + '\nmsgid "true {name}"\nmsgstr "จริง {name}"\n', "de")
    with pytest.raises(OptionError, match=r"de.po: 'จริง \{name\}' has letters that .* lack: จ"):
        drawn_language(given)
    assert language_of(given).say("true {name}", name=7) == "จริง 7"  # a browser has letters


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * 2_000_001, None])
def test_a_file_that_is_no_text_or_far_too_large_or_not_there_is_refused(tmp_path, content):
    path = tmp_path / "sv.po"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(OptionError, match=r"cannot read the words in .*sv\.po: "):
        language_of(Wording("sv", path))


@pytest.mark.parametrize("tag", ["klingon", "d", "de_DE_x", "../de", "de.po", "", "zh-TW"])
def test_a_language_that_is_none_is_refused_and_named_with_those_that_there_are(tag):
    with pytest.raises(OptionError, match=r"as en, de or pt-BR are|expected one of en, ar, de"):
        language_of(Wording(tag))


def test_the_same_words_are_the_same_bytes_whenever_they_are_read(monkeypatch, tmp_path):
    made = []
    for zone in ("UTC", "Asia/Tokyo"):
        monkeypatch.setenv("TZ", zone)
        made.append((language_of(Wording("de")), written(to_fill_in(Wording("sv")))))
    assert made[0] == made[1]
    assert b"Date" not in made[0][0].catalogue.replace(b"1970-01-01", b"")[:0] + made[0][1]
    assert b"POT-Creation-Date: 1970-01-01" in made[0][0].catalogue
