"""The words of the frames that compare models."""

from dataclasses import dataclass

from mnistviz.drawing.text import names_for
from mnistviz.frame import words
from mnistviz.frame.frame_words import FrameWords
from mnistviz.language.language import Language


def agreement(language: Language, agree: bool) -> str:
    """Return whether models predict one class."""
    return language.say("the models agree") if agree else language.say("the models disagree")


@dataclass(frozen=True)
class StackedWords(FrameWords):
    """The words of frames with several models, one above the other.

    Attributes
    ----------
    models
        Their names as a frame shows them, no two alike.
    accuracies
        Share of the test images that each predicts right. Default: 1, the widest.
    disagreements
        Number of test images on which they disagree; None for as many as there are, the widest.
    """

    models: tuple[str, ...] = ()
    accuracies: tuple[float, ...] = ()
    disagreements: int | None = None

    def named(self, names: tuple[str, ...], frame_width: int) -> "StackedWords":
        """Return the words with names of models that are as long as a frame can show them."""
        shown = names_for(names, frame_width, self.fonts)
        # Probabilities stand beside the models, not in the columns.
        changes = {"models": shown, "accuracies": (1.0,) * len(names), "link": ""}
        return StackedWords(**vars(self) | changes)

    def verdict(self, name: str, share: float | None, right: bool) -> tuple[str, str]:
        """Return what a model takes an image for, with a mark, and its probability, if any."""
        mark = words.RIGHT if right else words.WRONG
        said = f"{mark} {words.predicted(self.language, name)}"
        return said, "" if share is None else self.language.probability(share)

    def right(self, model: int) -> str:
        """Return how good a model is on the test images."""
        share = self.language.percent(self.accuracies[model])
        return self.language.say("accuracy {share}", share=share)

    def agreement(self, predicted: tuple[int, ...]) -> str:
        """Return whether models predict one class."""
        return agreement(self.language, len(set(predicted)) == 1)

    @property
    def footer(self) -> tuple[str, str]:
        """On how many images the models disagree, and what they share."""
        number = self.images if self.disagreements is None else self.disagreements
        what = self.language.say("one scale for all models")
        if self.effect:
            what = self.language.in_a_line((what, words.effect_explained(self.language)))
        return words.disagreeing(self.language, number, self.images, self.noun), what

    @property
    def widest_side(self) -> tuple[str, ...]:
        """The widest texts at the side of the header: position, and whether the models agree."""
        agreements = (agreement(self.language, agree) for agree in (True, False))
        return self.position(self.images - 1), *agreements

    @property
    def widest_verdict(self) -> float:
        """The width of the widest true class, in text sizes."""
        return max(self.width(words.true(self.language, name), True) for name in self.classes)

    @property
    def widest_of_models(self) -> tuple[float, float, float, float]:
        """The widest name, verdict, probability and accuracy of a model, in text sizes."""
        verdicts = [
            self.verdict(name, 1, right) for name in self.classes for right in (True, False)
        ]
        return (
            max(self.width(name, True) for name in self.models),
            max(self.width(verdict, True) for verdict, _ in verdicts),
            max(self.width(share) for _, share in verdicts),
            max(self.width(self.right(model)) for model in range(len(self.models))),
        )
