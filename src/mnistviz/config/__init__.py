"""The defaults, each in one place; the command line and the Python API read them here.

Without NumPy, so that ``mnistviz --help`` is quick.
"""

from mnistviz.config.film import (
    ANSWERS,
    CODEC_NAMES,
    EXPLORER_IMAGES,
    ORDERS,
    QUALITY_NAMES,
    TEST_IMAGES,
    TRANSITION,
    FilmConfig,
)
from mnistviz.config.picture import (
    BAR_KINDS,
    PAGE_THEMES,
    PALETTE_NAMES,
    SIZES,
    THEME_NAMES,
    WEIGHT_COLOURS,
    PageConfig,
    PictureConfig,
)
from mnistviz.config.training import TrainingConfig

__all__ = [
    "ANSWERS",
    "BAR_KINDS",
    "CODEC_NAMES",
    "EXPLORER_IMAGES",
    "ORDERS",
    "PAGE_THEMES",
    "PALETTE_NAMES",
    "QUALITY_NAMES",
    "SIZES",
    "TEST_IMAGES",
    "THEME_NAMES",
    "TRANSITION",
    "WEIGHT_COLOURS",
    "FilmConfig",
    "PageConfig",
    "PictureConfig",
    "TrainingConfig",
]
