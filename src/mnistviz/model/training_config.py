"""How a model is trained. Without NumPy, as `config`."""

import math
from dataclasses import dataclass

from mnistviz.arguments import number, spoken, whole
from mnistviz.errors import OptionError


@dataclass(frozen=True)
class TrainingConfig:
    """How a model is trained: mini-batch Adam, whose steps are averaged.

    The defaults were chosen for MNIST on a part of its training set that was held back:
    `docs/training.md` has the figures. The objective is the mean loss of the images plus
    ½·l2·‖W‖² + ½·smoothness·‖ΔW‖². With a focus of 0, the loss is the cross-entropy, in nats.

    Attributes
    ----------
    epochs
        Passes over the training set, at least 1. More cost time and gain less than the seed does.
    batch_size
        Images a step, at least 1; fewer in a small set, so that it takes at least 100 steps an
        epoch. Larger batches take fewer steps, and stop further from the optimum.
    learning_rate
        Adam's step size, in units of the weights, above 0. Constant: the average of the steps
        does what a falling rate would, and is closer to the optimum after as many epochs.
    l2
        Weight decay: the factor of ½·‖W‖², in nats; 0 or more. A little keeps the weights of
        pixels where nobody writes near zero; more makes all of them rougher.
    smoothness
        Factor of ½·‖ΔW‖², in nats; 0 or more. ΔW is the Laplacian of each class's picture of
        weights: how far a weight is from its four neighbours' mean, times four. The dial from
        accurate noise, at 0, to clear shapes, at 0.01. The default costs 0.1 % of the images
        (Hastie, Buja and Tibshirani 1995, Penalized Discriminant Analysis, Ann. Stat. 23:73-102).
    focus
        How much the training is about the images that can go either way, 0 or more. Each image's
        part in the gradient of the cross-entropy is multiplied by (p · (1 - p)²)^focus, where p is
        the probability of its class: nearly 0 where the model is hopelessly wrong, and where it
        cannot be more right. In the first quarter of the epochs it is 0. The first factor is the
        generalised cross-entropy of Zhang and Sabuncu (2018, Generalized Cross Entropy Loss,
        NeurIPS); the second keeps the probabilities calibrated. More focus makes them less so.
    seed
        Seed of the order in which the images come, and of the choice of validation images; 0 or
        more.
    validation_share
        Share of the training images of each class that are not trained with, so that the model is
        measured on them in place of the test images; from 0, none, to below 1.
    """

    epochs: int = 8
    batch_size: int = 512
    learning_rate: float = 3e-2
    l2: float = 1e-6
    smoothness: float = 3e-5
    focus: float = 0.25
    seed: int = 0
    validation_share: float = 0.0

    def __post_init__(self) -> None:
        for name, least in (("epochs", 1), ("batch_size", 1), ("seed", 0)):
            value = whole(spoken(name), getattr(self, name), least)
            object.__setattr__(self, name, value)
        for name in ("learning_rate", "l2", "smoothness", "focus"):
            factor = number(spoken(name), getattr(self, name))
            if not 0 <= factor < math.inf or (name == "learning_rate" and factor == 0):
                limit = "above 0" if name == "learning_rate" else "of at least 0"
                raise OptionError(f"{spoken(name)} must be a number {limit} (got {factor})")
            object.__setattr__(self, name, factor)
        share = number("validation share", self.validation_share)
        if not 0 <= share < 1:
            raise OptionError(f"validation share must be from 0 to below 1 (got {share})")
        object.__setattr__(self, "validation_share", share)

    @property
    def unseen(self) -> str:
        """What the images are called that are not trained with: 'test' or 'validation'."""
        return "validation" if self.validation_share else "test"
