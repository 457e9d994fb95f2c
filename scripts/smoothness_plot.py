"""Draws docs/smoothness.png: what the dial of smoothness does to figures and weights."""

from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from mnistviz.model.training_config import TrainingConfig

PATH = Path(__file__).parents[1] / "docs" / "smoothness.png"
SHOWN = (3, 8)  # the digits whose weights are drawn
PAPER, INK, FAINT, ACCENT = "#ffffff", "#1f2328", "#d0d7de", "#0072b2"
CURVES = (
    ("accuracy", "test accuracy, %", (91, 93.5)),
    ("roughness", "roughness ‖∇W‖² / ‖W‖²", (0, None)),
    ("likeness", "digit-likeness", (0, 1)),
)


def draw(points):
    """Write the picture.

    Parameters
    ----------
    points
        (smoothness, figures by name, weights (classes, height, width)) of each place of the dial,
        in its order.
    """
    figure = Figure(figsize=(10, 8), dpi=160, facecolor=PAPER, layout="constrained")
    figure.get_layout_engine().set(h_pad=0.05, hspace=0.02, wspace=0.02)
    names = ["0" if not it[0] else f"{it[0]:.0e}".replace("e-0", "e-") for it in points]
    grid = figure.add_gridspec(len(SHOWN) + len(CURVES), len(points),
                               height_ratios=[1.0] * len(SHOWN) + [1.5] * len(CURVES))  # fmt: skip
    for row, digit in enumerate(SHOWN):
        for column, (_, _, weights) in enumerate(points):
            _weights(figure.add_subplot(grid[row, column]), weights[digit])
    for row, curve in enumerate(CURVES, len(SHOWN)):
        axes = figure.add_subplot(grid[row, :])
        _curve(axes, points, *curve)
        axes.set_xticks(range(len(points)), names if row == grid.nrows - 1 else [])
    axes.set_xlabel("--smoothness", color=INK, family="monospace")
    FigureCanvasAgg(figure).print_png(PATH, metadata={"Software": None})


def _weights(axes, weights):
    """Draw weights as the film does, but each on its own scale: grey is zero."""
    reach = np.percentile(np.abs(weights), 99.5)
    axes.imshow(weights, cmap="gray", vmin=-reach, vmax=reach, interpolation="nearest")
    axes.set_axis_off()


def _curve(axes, points, measure, title, limits):
    values = [figures[measure] for _, figures, _ in points]
    places = [smoothness for smoothness, _, _ in points]
    default = np.interp(np.log10(TrainingConfig.smoothness), np.log10(places[1:]),
                        range(1, len(points)))  # fmt: skip
    axes.axvline(default, color=FAINT, linewidth=6, solid_capstyle="butt", zorder=0)
    axes.plot(range(1, len(points)), values[1:], color=ACCENT, linewidth=2, marker="o")
    axes.plot(0, values[0], color=ACCENT, marker="o")  # zero has no place on a logarithmic axis
    axes.set_title(title, loc="left", color=INK, fontsize=11)
    axes.set_xlim(-0.5, len(points) - 0.5)
    low, high = limits
    axes.set_ylim(low, high or max(values) * 1.1)
    if measure == "accuracy":
        axes.annotate("default", (default, low), (0, 4), textcoords="offset points", ha="center",
                      color=INK, fontsize=9)  # fmt: skip
    axes.grid(axis="y", color=FAINT, linewidth=0.6)
    axes.tick_params(colors=INK, length=0)
    axes.spines[:].set_visible(False)
