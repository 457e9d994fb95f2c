"""Stills that answer a question on one image: what would change the answer, and why."""

from dataclasses import dataclass, replace

from mnistviz.config import PictureConfig
from mnistviz.datasets.select import labels_of
from mnistviz.errors import OptionError
from mnistviz.frame.composer import Composer
from mnistviz.frame.flip_sheet import FlipSheet
from mnistviz.frame.moment import Moment
from mnistviz.frame.sheet import Sheet
from mnistviz.frame.why_sheet import WhySheet
from mnistviz.model.flip import Flip, flip_away, flip_to
from mnistviz.model.linear import LinearClassifier

ANY = "any"  # in the place of a class: whichever takes the fewest pixels


@dataclass(frozen=True)
class Question:
    """What a still is asked.

    Attributes
    ----------
    flip
        The class to turn the answer into, or `ANY`; empty if that is not asked.
    why
        Two classes, of which the first is compared with the second; or none.
    """

    flip: str = ""
    why: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.flip or self.why)

    def check(self, bare: bool) -> None:
        """Refuse what does not go together, before anything is read; raise OptionError."""
        if self.flip and self.why:
            raise OptionError("flip and why are two pictures: ask for one of them")
        if self.why and len(self.why) != 2:
            raise OptionError(f"why takes two classes, as in 4,9 (got {len(self.why)})")
        if self and bare:
            asked = "flip" if self.flip else "why"
            raise OptionError(f"bare cuts out the grid, which the picture of {asked} has not")

    def check_classes(self, classes: tuple[str, ...]) -> None:
        """Refuse classes that a data set has not, before a model is trained; raise OptionError."""
        if self.flip and self.flip != ANY:
            _label(classes, self.flip, "flip")
        if self.why:
            first, second = (_label(classes, name, "why") for name in self.why)
            if first == second:
                raise OptionError(f"why takes two classes that differ (got {self.why[0]} twice)")

    def sheet(
        self,
        composer: Composer,
        moment: Moment,
        network: LinearClassifier,
        picture: PictureConfig,
        classes: tuple[str, ...],
    ) -> FlipSheet | WhySheet:
        """Return the picture that answers it; classes have these names.

        Raises
        ------
        OptionError
            The answer is that class already, or no change of pixels makes it so.
        """
        words = composer.words
        sheet = Sheet(picture.size, composer.theme, words.language, words.title)
        if self.why:
            first, second = (_label(classes, name, "why") for name in self.why)
            return WhySheet(sheet, composer, moment, first, second)
        found = self._found(network, moment, classes)
        changed = found.applied(moment.pixels)
        logits = network.logits(changed)
        shares = network.kind.probabilities(logits)
        after = replace(moment, pixels=changed, logits=logits, probabilities=shares)
        return FlipSheet(sheet, composer, moment, after, found.places, found.least)

    def _found(self, network: LinearClassifier, moment: Moment, classes: tuple[str, ...]) -> Flip:
        """Return the pixels to change."""
        if self.flip == ANY:
            if found := flip_away(network, moment.pixels):
                return found
            raise OptionError("no change of pixels changes the answer to this image")
        target = _label(classes, self.flip, "flip")
        if target == moment.shown.predicted:
            raise OptionError(
                f"the answer is {classes[target]} already: give flip another class, or {ANY!r}"
            )
        if found := flip_to(network, moment.pixels, target):
            return found
        raise OptionError(
            f"no change of pixels was found that turns the answer into {classes[target]}: "
            "give flip another class"
        )


def _label(classes: tuple[str, ...], asked: str, option: str) -> int:
    """Return the label of one class, by its name or number."""
    labels = labels_of(classes, (asked,), option)
    if len(labels) != 1:
        raise OptionError(f"{option} takes one class in this place (got {asked!r})")
    return labels[0]
