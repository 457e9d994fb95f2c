"""Adam at a constant rate, and the weighted mean of where it has been."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


class AveragedAdam:
    """Adam (Kingma and Ba 2015), and the polynomial-decay average of its iterates.

    At a constant step size the iterates keep circling the optimum, and their mean lies nearer to it
    than any of them. Iterate t weighs about t³ in it, so that the way there is soon forgotten
    (Shamir and Zhang 2013, Stochastic Gradient Descent for Non-smooth Optimization, ICML, with
    η = 3). The mean is at hand after every step, whatever number of them is still to come.

    Attributes
    ----------
    parameters
        The iterate: where the next gradient is to be taken. Changed in place.
    average
        The mean of the iterates so far: what has been learnt. Changed in place.
    """

    mean_decay, square_decay, floor = 0.9, 0.999, 1e-8  # the paper's β₁, β₂, ε
    lateness = 3  # Shamir and Zhang's η: 0 is the plain mean

    def __init__(self, parameters: NDArray[Any], learning_rate: float) -> None:
        self.parameters = parameters
        self.average = parameters.copy()
        self.learning_rate = learning_rate
        self.step = 0
        self.mean = np.zeros_like(parameters)
        self.square = np.zeros_like(parameters)

    def descend(self, gradient: NDArray[Any]) -> None:
        """Take one step, and bring the average up to date."""
        self.step += 1
        self.mean += (1 - self.mean_decay) * (gradient - self.mean)
        self.square += (1 - self.square_decay) * (gradient * gradient - self.square)
        # Both means start at zero; this is what undoes their bias towards it.
        rate = self.learning_rate / (1 - self.mean_decay**self.step)
        scale = np.sqrt(self.square / (1 - self.square_decay**self.step)) + self.floor
        self.parameters -= rate * self.mean / scale
        share = (self.lateness + 1) / (self.step + self.lateness)
        self.average += share * (self.parameters - self.average)
