"""The introduction of a film, in which its first image is explained step by step."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from mnistviz.arguments import shown
from mnistviz.drawing.raster import text_width
from mnistviz.drawing.scene import Scene, Text
from mnistviz.drawing.text import legible, why_not
from mnistviz.errors import LayoutError, OptionError, is_line, reason
from mnistviz.formats.fingerprint import shared
from mnistviz.frame import words
from mnistviz.frame.composer import Composer
from mnistviz.frame.moment import Moment
from mnistviz.frame.opening import Opening
from mnistviz.input import read_text
from mnistviz.language.language import filled, later
from mnistviz.language.terms import noun_of
from mnistviz.language.typefaces import Fonts

STEPS = 6
SECONDS = 4  # of each step: about ten words can be read in it, beside what moves
MIN_TEXT = 9  # pixels; smaller letters cannot be read
MOVING = 0.6  # share of a step in which something moves
SENTENCES = (
    later("An image of {width}×{height} pixels, from black to white"),
    # Translators: positive and negative are colours, as "light" and "dark".
    later("Weights of a class: {positive} is for it, {negative} against"),
    later("Pixel × weight: what each pixel adds or takes"),
    later("All products, added up with a bias, are the score"),
    later("Each class has its own weights, and its own score"),
    # Translators: answer is as "predicted 7, true 7".
    later("The highest score wins: {answer}"),
)
"""The sentences on image, weights, product, score, all the classes, and the prediction."""
MAX_BYTES, MAX_CHARACTERS = 10_000, 200  # of a file, and of a sentence
MARKS = (*("noun", "width", "height", "positive", "negative", "predicted", "true", "answer"),)


def read_sentences(path: Path) -> tuple[str, ...]:
    """Read the sentences of an introduction from a text file in UTF-8.

    Parameters
    ----------
    path
        A sentence a line; blank lines are skipped. The `MARKS` in braces, as {noun}, are replaced
        by what the film shows.

    Returns
    -------
    tuple
        Six sentences: on image, weights, product, score, all the classes, and the prediction.

    Raises
    ------
    OptionError
        The file cannot be read, has more or fewer sentences, or one that cannot be drawn.
    """
    try:
        content = read_text(path, MAX_BYTES)
    except (OSError, ValueError) as error:
        raise OptionError(f"cannot read the introduction in {path}: {reason(error)}") from None
    sentences = tuple(line.strip() for line in content.splitlines() if line.strip())
    if len(sentences) != STEPS:
        raise OptionError(
            f"{path}: expected {STEPS} lines, a sentence for image, weights, product, score, "
            f"classes and prediction, got {len(sentences)}"
        )
    for sentence in sentences:
        _check(path, sentence)
    return sentences


def _check(path: Path, sentence: str) -> None:
    if len(sentence) > MAX_CHARACTERS:
        problem = f"expected at most {MAX_CHARACTERS} characters in a line, got {len(sentence)}"
        raise OptionError(f"{path}: {problem}: {sentence[:40]!r}…")
    if not is_line(sentence):
        latin = legible(sentence)
        raise OptionError(
            f"{path}: {sentence!r} has characters that cannot be drawn; try {latin!r}"
        )


def check_sentences(sentences: tuple[str, ...], fonts: Fonts) -> None:
    """Refuse what is neither no introduction nor six sentences that can be drawn: OptionError."""
    if sentences and (len(sentences) != STEPS or not all(isinstance(it, str) for it in sentences)):
        raise OptionError(f"intro must be six sentences (got {shown(sentences)})")
    for sentence in sentences:
        if problem := why_not(sentence, fonts):
            raise OptionError(f"the introduction's {sentence!r} {problem}")


@dataclass(frozen=True)
class Introduction:
    """The segment before a film's first image.

    Attributes
    ----------
    composer, moment
        The composer of the film's frames, and its first image.
    sentences
        One for each step, as `read_sentences` returns them.
    pictures
        Number of pictures of all steps together, if none were alike: the timeline's lead.
    hold
        Frames of each of them. Default: 1.
    """

    composer: Composer
    moment: Moment
    sentences: tuple[str, ...]
    pictures: int
    hold: int = 1

    @property
    def frames(self) -> tuple[int, ...]:
        """For how many frames each picture that differs from the one before is on."""
        return tuple(self.hold * len(list(alike)) for _, alike in self._pictures())

    def scenes(self) -> Iterator[Scene]:
        """Yield the pictures that differ, in turn."""
        opening, texts = Opening(shared(self.composer), self.moment), self.texts()
        steps = (
            *(opening.image, opening.weights, opening.product),
            *(opening.sum, opening.columns, opening.verdict),
        )
        for (step, part), _ in self._pictures():
            yield steps[step](part, texts[step])

    def _pictures(self) -> Iterator[tuple[tuple[int, float], Iterator[int]]]:
        return groupby(range(self.pictures), self._at)

    def texts(self) -> list[Text]:
        """Return the sentences in the place of the header, all of one size; none for no pictures.

        Raises
        ------
        LayoutError
            If the longest could not be read in this frame.
        """
        if not self.pictures:
            return []
        layout, theme = self.composer.layout, self.composer.theme
        say, fonts = self.composer.words.language.say, self.composer.words.fonts
        # Ours are in the catalogues, a user's stay as they are.
        filled_in = [filled(say(sentence), self._facts()) for sentence in self.sentences]
        longest = max(filled_in, key=lambda text: text_width(text, True, fonts))
        size = int(layout.progress.width / text_width(longest, True, fonts))
        if size < MIN_TEXT:
            raise LayoutError(
                f"the introduction is too long for {layout.size[0]}x{layout.size[1]}; shorten "
                f"{longest!r}, or take a wider size"
            )
        size, (x, _, width, _) = min(size, layout.text.title), layout.progress
        start = layout.header.verdict
        start = start._replace(x=x if start.align == "left" else x + width)
        return [
            Text(start.x, start.baseline, text, size, theme.ink, True, start.align)
            for text in filled_in
        ]

    def _at(self, picture: int) -> tuple[int, float]:
        """Return the step of a picture, and how far it is, from 0 to 1."""
        step, place = divmod(picture * STEPS, self.pictures)
        return step, min(1.0, place / self.pictures / MOVING)

    def _facts(self) -> dict[str, str]:
        composer, shown = self.composer, self.moment.shown
        language = composer.words.language
        classes = composer.words.classes
        predicted = classes[shown.predicted]
        true = None if shown.label is None else classes[shown.label]
        height, width = shown.image.shape
        # Translators: colours of weights, in "light is for it, dark against".
        colours = language.say("light"), language.say("dark")
        if composer.theme.signed is not None:
            colours = language.say("blue"), language.say("red")
        return {
            "noun": noun_of(language, composer.words.noun),
            "width": language.number(width),
            "height": language.number(height),
            "positive": colours[0],
            "negative": colours[1],
            "predicted": predicted,
            "true": true or "?",
            "answer": words.outcome(language, predicted, true),
        }
