"""Films of a linear classifier at work.

>>> import mnistviz
>>> digits = mnistviz.load()
>>> model = mnistviz.train(digits)
>>> mnistviz.render(digits, model, "video.mp4")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mnistviz.errors import MnistvizError

if TYPE_CHECKING:
    from mnistviz.config import FilmConfig, PageConfig, PictureConfig, TrainingConfig
    from mnistviz.datasets.load import load_dataset as load
    from mnistviz.explorer.write import explore
    from mnistviz.film.render import draw_still as still
    from mnistviz.film.render import render_film as render
    from mnistviz.film.result import Film
    from mnistviz.film.still import Still
    from mnistviz.model.evaluation import Evaluation
    from mnistviz.model.read import read_model
    from mnistviz.model.softmax import SoftmaxRegression
    from mnistviz.model.train import train_model as train
    from mnistviz.progress import Progress
    from mnistviz.report.write import evaluate
    from mnistviz.training_film.render import render_training

__version__ = "0.1.0"
__all__ = [
    "Evaluation",
    "Film",
    "FilmConfig",
    "MnistvizError",
    "PageConfig",
    "PictureConfig",
    "Progress",
    "SoftmaxRegression",
    "Still",
    "TrainingConfig",
    "evaluate",
    "explore",
    "load",
    "read_model",
    "render",
    "render_training",
    "still",
    "train",
]

_PLACES = {
    "Evaluation": "model.evaluation.Evaluation",
    "Film": "film.result.Film",
    "FilmConfig": "config.FilmConfig",
    "PageConfig": "config.PageConfig",
    "PictureConfig": "config.PictureConfig",
    "Progress": "progress.Progress",
    "SoftmaxRegression": "model.softmax.SoftmaxRegression",
    "Still": "film.still.Still",
    "TrainingConfig": "config.TrainingConfig",
    "evaluate": "report.write.evaluate",
    "explore": "explorer.write.explore",
    "load": "datasets.load.load_dataset",
    "read_model": "model.read.read_model",
    "render": "film.render.render_film",
    "render_training": "training_film.render.render_training",
    "still": "film.render.draw_still",
    "train": "model.train.train_model",
}


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> Any:
    """Import what is asked for, when it is: NumPy and matplotlib would slow ``--help``."""
    if name not in _PLACES:
        raise AttributeError(f"module 'mnistviz' has no attribute {name!r}")
    module, attribute = _PLACES[name].rsplit(".", 1)
    return getattr(import_module(f"mnistviz.{module}"), attribute)
