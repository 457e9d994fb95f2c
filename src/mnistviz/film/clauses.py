"""What captions and chapters say of an image."""

import re
from collections.abc import Sequence

from mnistviz.formats.notes import isolated
from mnistviz.frame.moment import Shown
from mnistviz.language.language import Language

# A letter for itself is called by its name: 'an F'. What else sounds otherwise than it is written
# ('an hour'), is taken as it is written.
_VOWEL_FIRST = re.compile(r"[aefhilmnorsx]|8\d*|11|18|[aeiou].+", re.IGNORECASE)


def caption_of(language: Language, shown: Shown, classes: Sequence[str]) -> str:
    """Return the caption of an image."""
    verdict = sure(language, verdict_of(language, shown, classes), shown)
    if not shown.name:
        index = language.number(shown.index)
        image = language.say("Image {index} of the test set", index=index)
        return titled(language, image, verdict)
    said = titled(language, isolated(shown.name), verdict)
    if not shown.doubts:
        return said
    doubts = language.say(", ").join(doubt.said(language) for doubt in shown.doubts)
    # Translators: the caption of a picture, and what makes its reading doubtful.
    return language.say("{caption} (not sure: {doubts})", caption=said, doubts=doubts)


def ending_of(language: Language, shown: Shown, classes: Sequence[str], changed: int) -> str:
    """Return what so many pixels do that make the answer to an image right."""
    assert shown.label is not None  # else there were no answer that is right
    # Translators: the caption of an image in which pixels are changed; name is a class's name with
    # its article, as "a 7".
    return language.say_counted(
        "With {number} pixel changed, it is taken for {name}",
        "With {number} pixels changed, it is taken for {name}",
        changed,
        name=with_article(language, classes[shown.label]),
    )


def sure(language: Language, verdict: str, shown: Shown) -> str:
    """Return a verdict with how sure the model is of an image, if it has probabilities."""
    if shown.probability is None:
        return verdict
    percent = round(100 * shown.probability)
    if percent < 100:
        return language.say(
            "{verdict}, {share} sure", verdict=verdict, share=language.percent(percent / 100, 0)
        )
    return language.say(  # none is wholly
        "{verdict}, more than {share} sure", verdict=verdict, share=language.percent(0.99, 0)
    )


def titled(language: Language, title: str, text: str) -> str:
    """Return what is said of an image, or of several, after their name."""
    # Translators: a name and what is said of it, as "Image 8: a 7, predicted right".
    return language.say("{title}: {text}", title=title, text=text)


def name_of(language: Language, shown: Shown) -> str:
    """Return what an image is called."""
    if shown.name:
        return isolated(shown.name)
    return language.say("Image {index}", index=language.number(shown.index))


def verdict_of(language: Language, shown: Shown, classes: Sequence[str]) -> str:
    """Return the class of an image, where it is known, and the prediction."""
    predicted = with_article(language, classes[shown.predicted])
    if shown.label is None:
        return language.say("taken for {name}", name=predicted)
    true = with_article(language, classes[shown.label])
    if shown.right:
        return language.say("{name}, predicted right", name=true)
    # Translators: both are names with their articles: "a 7, taken for a 9".
    return language.say("{truth}, taken for {name}", truth=true, name=predicted)


def with_article(language: Language, name: str) -> str:
    """Return a class's name with the article that it is spoken with."""
    shown = isolated(name)
    # Translators: the name of a class, such as 7, with the article that it is spoken with, or
    # without any; both messages are the same but in English.
    if _VOWEL_FIRST.fullmatch(name):
        return language.say("an {name}", name=shown)
    return language.say("a {name}", name=shown)
