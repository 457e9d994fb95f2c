"""Finds the layout of a training film: weights and text as large as fit together."""

from collections.abc import Iterator
from dataclasses import replace

from mnistviz.config import PictureConfig
from mnistviz.datasets.dataset import Dataset
from mnistviz.drawing.geometry import ceil_even
from mnistviz.drawing.text import names_for
from mnistviz.errors import LayoutError
from mnistviz.frame.fit import SMALLEST, check_size, is_too_small, least_k, with_banner
from mnistviz.frame.places import FULL_SIDE, least_text
from mnistviz.language.language import ENGLISH, Language
from mnistviz.model.training_config import TrainingConfig
from mnistviz.training import words
from mnistviz.training.layout import TrainingLayout, TrainingPlan


def arrange(
    dataset: Dataset, config: TrainingConfig, picture: PictureConfig, language: Language = ENGLISH
) -> TrainingLayout:
    """Return the layout of a training film.

    Parameters
    ----------
    dataset
        What is learnt: its classes, and the number and the size of its images.
    config
        How: what the images are called that are not trained with.
    picture
        The frame's size, whether weights are in colour, and the title.
    language
        Of the texts.

    Raises
    ------
    LayoutError
        If the size is odd, too large, or too small; the smallest possible one is named. If the
        title is too long.
    """
    size, test = picture.size, dataset.test
    check_size(size)
    least = TrainingPlan(
        least_k(test.image_size, picture.is_coloured),
        0,
        least_text(size),
        test.image_size,
        names_for(dataset.classes, size[0], language.fonts),
        words.about(language, test.images[0].size, picture.is_effect),
        words.footer(language, dataset, config),
        words.parts(language, config),
        bool(picture.title),
        language=language,
    )
    # The longest lines of some languages leave no room for a legend in the smallest frames.
    bare = replace(least, keyed=False)
    fits = _fitting(least, size) or _fitting(bare, size)
    if not fits or is_too_small(size):
        raise LayoutError(
            "the weights of {} classes of {}×{} images, and two charts, do not fit into "
            "{}x{}; try {}x{}".format(len(least.names), *test.image_size, *size, *_smallest(bare))
        )
    layout = max(fits, key=lambda plan: plan.merit).place(size)
    return with_banner(layout, picture.title, layout.band_width, language.fonts)


def _fitting(least: TrainingPlan, size: tuple[int, int]) -> list[TrainingPlan]:
    """Return the plans that fit into a size."""
    plans = _plans(least, size)
    return [plan for plan in plans if plan.width <= size[0] and plan.height <= size[1]]


def _plans(least: TrainingPlan, size: tuple[int, int]) -> Iterator[TrainingPlan]:
    """Yield what could be; of every grid and cell size, the larger texts first."""
    full, (height, width) = min(size) / FULL_SIDE, least.image_size
    for grid in _grids(least):
        most = min(size[0] // (grid.columns * width), size[1] // (grid.rows * height))
        for k in range(least.k, most + 1, least.k):
            for percent in range(100, -1, -10):
                yield replace(grid, k=k, scale=full * percent / 100)


def _grids(least: TrainingPlan) -> Iterator[TrainingPlan]:
    """Yield the plan with all numbers of columns, and the charts beneath the grid and aside."""
    for columns in range(1, len(least.names) + 1):
        grid = replace(least, columns=columns)
        if -(-len(grid.names) // grid.rows) == columns:  # or narrower would do
            yield from (grid, replace(grid, aside=True))


def _smallest(least: TrainingPlan) -> tuple[int, int]:
    """Return width and height of the smallest frame that has the room."""
    sizes = [
        (max(SMALLEST[0], ceil_even(plan.width)), max(SMALLEST[1], ceil_even(plan.height)))
        for plan in _grids(least)
    ]
    return min(sizes, key=lambda size: size[0] * size[1])
