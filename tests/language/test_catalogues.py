"""The words of each language that comes with mnistviz."""

import gettext
import re

import pytest
from babel.messages.catalog import Catalog

from made_up import SAME
from mnistviz import Wording
from mnistviz.drawing.text import why_not
from mnistviz.language.catalogue import (
    FOLDER,
    catalogue_of,
    languages,
    marks,
    read_catalogue,
    template,
    translated,
)
from mnistviz.language.language import language_of
from typefaces import installed

EXPECTED = ("ar", "de", "es", "fr", "he", "hi", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr")


def texts_of(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


def ids_of(message):
    return [message.id] if isinstance(message.id, str) else list(message.id)


def test_the_languages_that_are_promised_are_there():
    assert set(languages()) == {*EXPECTED, "uk", "zh"}


@pytest.mark.parametrize("tag", languages())
def test_a_language_has_every_message_and_none_that_is_gone(tag):
    messages = {message.id for message in translated(read_catalogue(FOLDER / f"{tag}.po"))}
    assert messages == {message.id for message in template() if message.id}


@pytest.mark.parametrize("tag", languages())
def test_a_translation_has_the_values_of_its_message(tag):
    for message in translated(catalogue_of(Wording(tag))):
        lacking = marks(message.id) - marks(message.string)
        # A noun is not inflected, so that some languages speak of images in its place; and the
        # form for one thing may do without the number.
        one = message.pluralizable and lacking <= {"number", "noun"}
        assert lacking <= {"noun"} or one, message.id


@pytest.mark.parametrize("tag", languages())
def test_plural_forms_are_those_of_the_language(tag):
    catalogue, known = catalogue_of(Wording(tag)), Catalog(tag)
    rules = [gettext.c2py(it.plural_expr) for it in (catalogue, known)]
    # Some have a form for whole millions, of which there are no images.
    chosen = {tuple(rule(number) for rule in rules) for number in range(1000)}
    ours, theirs = zip(*chosen, strict=True)
    assert len(set(ours)) == len(set(theirs)) == len(chosen)
    assert set(ours) == set(range(catalogue.num_plurals))
    for message in translated(catalogue):
        assert not message.pluralizable or len(message.string) == catalogue.num_plurals


@pytest.mark.parametrize("tag", languages())
def test_no_message_is_left_in_english(tag):
    english = [
        text
        for message in translated(catalogue_of(Wording(tag)))
        for text in texts_of(message)
        if text in ids_of(message) and re.search(r"[a-z]", re.sub(r"{\w+}", "", text))
    ]
    assert set(english) == SAME.get(tag, set())


@pytest.mark.parametrize("tag", languages())
def test_its_letters_can_be_drawn(tag):
    language = language_of(Wording(tag))
    fonts = installed(tag, right_to_left=language.is_right_to_left)
    for message in translated(catalogue_of(Wording(tag))):
        for line in "\n".join(texts_of(message)).split("\n"):
            assert why_not(line, fonts) == ""


@pytest.mark.parametrize("tag", languages())
def test_its_tracks_are_named_by_three_letters(tag):
    name = language_of(Wording(tag)).in_tracks
    assert re.fullmatch("[a-z]{3}", name)
    assert name not in ("und", "eng")
