"""Films of a linear classifier at work.

>>> import mnistviz
>>> digits = mnistviz.load()
>>> model = mnistviz.train(digits)
>>> mnistviz.render(digits, model, "video.mp4")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mnistviz._version import __version__ as __version__
from mnistviz.errors import MnistvizError

if TYPE_CHECKING:
    from mnistviz.config import Encoding as Encoding
    from mnistviz.config import PageConfig as PageConfig
    from mnistviz.config import PictureConfig as PictureConfig
    from mnistviz.config import Selection as Selection
    from mnistviz.config import Timing as Timing
    from mnistviz.config import Wording as Wording
    from mnistviz.config import Workers as Workers
    from mnistviz.datasets.load import load as load
    from mnistviz.datasets.of_arrays import dataset as dataset
    from mnistviz.explorer.write import explore as explore
    from mnistviz.film.render import render as render
    from mnistviz.film.result import Film as Film
    from mnistviz.film.still import still as still
    from mnistviz.film.still_picture import Still as Still
    from mnistviz.model.comparison import Comparison as Comparison
    from mnistviz.model.estimator import from_sklearn as from_sklearn
    from mnistviz.model.evaluation import Evaluation as Evaluation
    from mnistviz.model.linear import LinearClassifier as LinearClassifier
    from mnistviz.model.linear import SoftmaxRegression as SoftmaxRegression
    from mnistviz.model.read import read_model as read_model
    from mnistviz.model.training_config import TrainingConfig as TrainingConfig
    from mnistviz.progress import Progress as Progress
    from mnistviz.report.compare import Compared as Compared
    from mnistviz.report.compare import compare as compare
    from mnistviz.report.write import evaluate as evaluate
    from mnistviz.training.render import render_training as render_training
    from mnistviz.training.train import train as train

_NAMES = {
    "config": (
        "Encoding",
        "PageConfig",
        "PictureConfig",
        "Selection",
        "Timing",
        "Wording",
        "Workers",
    ),
    "datasets.load": ("load",),
    "datasets.of_arrays": ("dataset",),
    "explorer.write": ("explore",),
    "film.render": ("render",),
    "film.result": ("Film",),
    "film.still": ("still",),
    "film.still_picture": ("Still",),
    "model.comparison": ("Comparison",),
    "model.estimator": ("from_sklearn",),
    "model.evaluation": ("Evaluation",),
    "model.read": ("read_model",),
    "model.linear": ("LinearClassifier", "SoftmaxRegression"),
    "model.training_config": ("TrainingConfig",),
    "progress": ("Progress",),
    "report.compare": ("Compared", "compare"),
    "report.write": ("evaluate",),
    "training.render": ("render_training",),
    "training.train": ("train",),
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names}
__all__ = ["MnistvizError", *_MODULES]


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: NumPy and matplotlib would slow --help."""
    if name not in _MODULES:
        raise AttributeError(f"module 'mnistviz' has no attribute {name!r}")
    return getattr(import_module(f"mnistviz.{_MODULES[name]}"), name)
