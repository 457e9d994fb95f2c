"""Options that several commands share: the file to write, the data and the model."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from mnistviz.cli import completion
from mnistviz.cli.option_groups import Decorator, gathered, of_file, of_model
from mnistviz.config import MODEL_KINDS, PIXEL_ORDERS
from mnistviz.output import check_apart

# A file that cannot be read is not a usage error: the function that reads it raises one.
UNCHECKED = click.Path(readable=False, path_type=Path)

Scale = float | Path


class NumberOrFile(click.ParamType[Scale]):
    """A number, or the name of an .npy file."""

    name = "NUMBER|FILE"

    def convert(self, value: Any, param: Any, ctx: Any) -> Scale:
        """Return the number, or the path."""
        if isinstance(value, (float, Path)):
            return value
        if str(value).lower().endswith(".npy"):
            return Path(value)
        try:
            return float(value)
        except ValueError:
            self.fail(f"expected a number or an .npy file (got {value!r})", param, ctx)


class ImageSize(click.ParamType[tuple[int, int]]):
    """A width and a height in pixels."""

    name = "WIDTHxHEIGHT"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, int]:
        """Return the two numbers."""
        if isinstance(value, tuple):
            return value
        width, sign, height = str(value).lower().partition("x")
        if not sign or not (width.isdecimal() and height.isdecimal()) or len(value) > 9:
            self.fail(f"expected a width and a height, as in 28x28 (got {value!r})", param, ctx)
        return int(width), int(height)

    def text(self, value: tuple[int, int]) -> str:
        """Return a size as text."""
        return "{}x{}".format(*value)


def out(kinds: str, required: bool = True) -> Decorator:
    """Return the option that names the file to write."""
    return of_file(
        "--out",
        callback=_file,
        metavar="PATH",
        required=required,
        shell_complete=completion.files,
        help=f"File to write: {kinds}.",
    )


def film_out(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option that names the film to write, which stays a text."""
    return of_file(
        "--out",
        metavar="PATH",
        required=True,
        shell_complete=completion.files,
        help="File to write: .mp4, .webm, .gif or .webp; a new folder of PNGs, if it ends in a "
        "slash; or -, a Y4M stream on stdout.",
    )(command)


def check_unread(*files: Path | str | None) -> None:
    """Refuse to write what the command itself reads; raise OutputError."""
    named = click.get_current_context().params
    for target in (named["out"], named.get("show_steps")):
        check_apart(target, *files)


def _file(context: click.Context, option: click.Parameter, name: str | None) -> Path | None:
    if name is None:
        return None
    if name.endswith(("/", os.sep)):
        raise click.BadParameter(f"{name} is the name of a folder; name a file")
    return Path(name)


class Page(click.ParamType[Path | str]):
    """A file, or an address on the web."""

    name = "FILE|URL"

    def convert(self, value: Any, param: Any, ctx: Any) -> Path | str:
        """Return the path or the address, which the function checks."""
        is_file = value and isinstance(value, str) and "://" not in value
        return Path(value) if is_file else value


explorer = of_file(
    "--explorer",
    metavar="FILE|URL",
    type=Page(),
    default="",
    shell_complete=completion.files,
    help="Explorer to link to, a file of 'mnistviz explore' or its address on the web.",
)


# A string, since './fashion' is a folder, and a Path of it would be the name 'fashion'.
_DATA = of_model(
    "--data",
    metavar="NAME|FOLDER|FILE",
    default="mnist",
    show_default=True,
    shell_complete=completion.sets,
    help="A set of 'mnistviz datasets'; a folder of IDX files, or of pictures by class; or an "
    ".npz, .csv or .parquet.",
)

_MIRROR = of_model(
    "--mirror",
    metavar="URL",
    help="Folder on the web to try first for a set that has to be fetched.",
)

_MODEL = of_model(
    "--model",
    type=UNCHECKED,
    help="Model file of 'mnistviz train', or other people's weights: .npz, .safetensors, .keras, "
    ".h5 or .onnx.  [default: train one first, in memory]",
)

_MODELS = of_model(
    "--model",
    "models",
    type=UNCHECKED,
    multiple=True,
    help="Model file of 'mnistviz train', or other people's weights: .npz, .safetensors, .keras, "
    ".h5 or .onnx; give it two or three times to compare models.  [default: train one first, in "
    "memory]",
)

_INPUT_SCALE = of_model(
    "--input-scale",
    metavar="NUMBER|FILE",
    type=NumberOrFile(),
    shell_complete=completion.files,
    help="Other people's weights were trained on pixels * scale + shift, where pixels are in "
    "[0, 1]: a number, or an .npy of one for each pixel.  [default: 1]",
)

_INPUT_SHIFT = of_model(
    "--input-shift",
    metavar="NUMBER|FILE",
    type=NumberOrFile(),
    shell_complete=completion.files,
    help="The shift of --input-scale.  [default: 0]",
)

_PIXEL_ORDER = of_model(
    "--pixel-order",
    type=click.Choice(PIXEL_ORDERS),
    help="Other people's weights are of images row by row, or column by column.  [default: rows]",
)

_CLASS_ORDER = of_model(
    "--class-order",
    metavar="CLASS,...",
    multiple=True,
    help="Other people's weights are of these classes, in this order.  [default: as the file says, "
    "or the data]",
)

_KIND = of_model(
    "--kind",
    type=click.Choice(MODEL_KINDS),
    help="What kind of model other people's weights are of; softmax, logistic and lda have "
    "probabilities.  [default: as the file says; else linear, of scikit-learn's names, or softmax]",
)


_IMAGE_SIZE = of_model(
    "--image-size",
    type=ImageSize(),
    help="Width and height to bring images to, as in 28x28.  [default: as they are]",
)

_INVERT = of_model(
    "--invert/--no-invert",
    default=None,
    help="Exchange dark and light, of images that are dark on light.  [default: no]",
)

_TEST_SHARE = of_model(
    "--test-share",
    metavar="SHARE",
    type=float,
    help="Share of each class to put aside to test with, in a set without test images.  "
    "[default: 1 in 6]",
)

_KEEP = of_model(
    "--keep",
    metavar="CLASS,...",
    multiple=True,
    help="Keep these classes alone, to train and to test with: by name or number.",
)


_FORM = (_IMAGE_SIZE, _INVERT, _TEST_SHARE, _KEEP)


def _source(data: str, mirror: str | None = None, **form: Any) -> Any:
    from mnistviz.datasets.source import Source

    return Source(data, mirror, **form)


def _model(model: Path | None, class_order: tuple[str, ...], **reading: Any) -> Any:
    """Return the file that --model names, if any; there must be one for the others."""
    from mnistviz.model.train import ModelFile

    if class_order:
        reading["class_order"] = tuple(",".join(class_order).split(","))
    if model:
        return ModelFile(model, **reading)
    for name, value in reading.items():
        if value is not None:
            option = name.replace("_", "-")
            raise click.UsageError(f"--{option} and the like need the --model they are for")
    return None


def _of_models(models: tuple[Path, ...], **reading: Any) -> tuple[Any, ...]:
    """Return the files that --model names; or None alone, for a model that is to be trained."""
    if len(models) < 2:
        return (_model(models[0] if models else None, **reading),)
    for name, value in reading.items():
        if value not in (None, ()):
            option = name.replace("_", "-")
            raise click.UsageError(
                f"--{option} is for one --model; in Python, mnistviz.read_model takes it for each, "
                "and mnistviz.compare compares what it returns"
            )
    return models


_FORM_NAMES = ("image_size", "invert", "test_share", "keep")
data = gathered("data", _source, (_DATA, _MIRROR, *_FORM), ("data", "mirror", *_FORM_NAMES))
# For a command whose argument says what the data are.
form = gathered("data", _source, _FORM, ("data", *_FORM_NAMES))
_READING = (_INPUT_SCALE, _INPUT_SHIFT, _PIXEL_ORDER, _CLASS_ORDER, _KIND)
_READING_NAMES = ("input_scale", "input_shift", "pixel_order", "class_order", "kind")
model = gathered("model", _model, (_MODEL, *_READING), ("model", *_READING_NAMES))
models = gathered("models", _of_models, (_MODELS, *_READING), ("models", *_READING_NAMES))
mirror = _MIRROR

# How a command announces a training that it needs, though it is not `train`.
TRAINING_FIRST = "No --model: training one first"

quiet = click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
