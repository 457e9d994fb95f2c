"""Stills that answer a question on one image: what would change it, why, and pixel by pixel."""

from dataclasses import dataclass, replace

from mnistviz.arguments import one_of
from mnistviz.config import SUM_ORDERS, PictureConfig
from mnistviz.datasets.select import labels_of
from mnistviz.errors import OptionError
from mnistviz.frame.composer import Composer
from mnistviz.frame.flip_sheet import FlipSheet
from mnistviz.frame.moment import Moment
from mnistviz.frame.sheet import Sheet
from mnistviz.frame.sum_sheet import SumSheet
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
    sum_order
        In which order pixels are added to the scores, one of `SUM_ORDERS`; empty if they are not.
    """

    flip: str = ""
    why: tuple[str, ...] = ()
    sum_order: str = ""

    def __bool__(self) -> bool:
        return bool(self._asked)

    @property
    def _asked(self) -> list[str]:
        """The options that ask something."""
        given = {"flip": self.flip, "why": self.why, "sum_order": self.sum_order}
        return [name for name, value in given.items() if value]

    def check(self, bare: bool) -> None:
        """Refuse what does not go together, before anything is read; raise OptionError."""
        if len(self._asked) > 1:
            first, second, *_ = self._asked
            raise OptionError(f"{first} and {second} are two pictures: ask for one of them")
        if self.sum_order:
            one_of("sum_order", self.sum_order, SUM_ORDERS)
        if self.why and len(self.why) != 2:
            raise OptionError(f"why takes two classes, as in 4,9 (got {len(self.why)})")
        if self and bare:
            (asked,) = self._asked
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
    ) -> FlipSheet | WhySheet | SumSheet:
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
        if self.sum_order:
            return SumSheet(sheet, composer, moment, self.sum_order)
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
