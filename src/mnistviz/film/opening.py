"""The opening of a film, in which the frame of its first image comes to be, step by step."""

from collections.abc import Iterator
from dataclasses import dataclass

from mnistviz.drawing.matplotlib_renderer import text_width
from mnistviz.drawing.scene import Scene, Text
from mnistviz.errors import LayoutError
from mnistviz.film.introduction import STEPS, filled
from mnistviz.film.moments import Moment
from mnistviz.frame import words as wording
from mnistviz.frame.composer import ROWS, Composer

LEAST_TEXT = 9  # pixels; smaller letters cannot be read
GROWING = 0.6  # share of its step in which the bars grow


@dataclass(frozen=True)
class Opening:
    """The scenes before a film's first image.

    Attributes
    ----------
    composer, moment
        What composes the film, and its first image.
    sentences
        One for each step, as `read_sentences` gives them.
    pictures
        Number of them, of all steps; as many as the timeline's lead.
    """

    composer: Composer
    moment: Moment
    sentences: tuple[str, ...]
    pictures: int

    def __iter__(self) -> Iterator[Scene]:
        """Return the scenes; while nothing changes, the same object."""
        texts = self.texts()
        shown: tuple[int, float] | None = None
        for picture in range(self.pictures):
            step, share = self._at(picture)
            if (step, share) != shown:
                rows, told = min(step + 1, ROWS), step == STEPS - 1
                scene = self.composer.opening(self.moment, rows, share, told, texts[step])
                shown = step, share
            yield scene

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
        told = [filled(sentence, self._facts()) for sentence in self.sentences]
        longest = max(told, key=lambda text: text_width(text, True))
        size = int(layout.progress.width / text_width(longest, True))
        if size < LEAST_TEXT:
            raise LayoutError(
                f"the introduction is too long for {layout.size[0]}x{layout.size[1]}; shorten "
                f"{longest!r}, or take a wider size"
            )
        size, baseline = min(size, layout.text.title), layout.header.true.baseline
        return [
            Text(layout.progress.x, baseline, text, size, theme.ink, bold=True) for text in told
        ]

    def _at(self, picture: int) -> tuple[int, float]:
        """Return the step of a picture, and the share of the pixels that are in the sums."""
        step, place = divmod(picture * STEPS, self.pictures)
        if step != ROWS - 1:
            return step, 1.0
        image_rows = self.composer.layout.cell[1] // self.composer.layout.k
        part = min(1.0, place / self.pictures / GROWING)
        return step, round(part * image_rows) / image_rows

    def _facts(self) -> dict[str, str]:
        composer, label = self.composer, self.moment.label
        layout, (predicted, _) = composer.layout, composer.answer(self.moment)
        true = "?" if label is None else composer.classes[label]
        width, height = (side // layout.k for side in layout.cell)
        positive, negative = ("light", "dark") if composer.theme.signed is None else ("blue", "red")
        return {
            "noun": composer.noun,
            "width": str(width),
            "height": str(height),
            "positive": positive,
            "negative": negative,
            "measure": composer.bars,
            "predicted": predicted,
            "true": true,
            "answer": wording.outcome(predicted, None if label is None else true),
        }
