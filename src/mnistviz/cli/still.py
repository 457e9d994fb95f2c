"""``mnistviz still``."""

from pathlib import Path
from typing import Any

import click

from mnistviz.cli import film_options, look_options, source_options
from mnistviz.cli.option_groups import HeadedCommand, of_images
from mnistviz.cli.progress_bar import Bars
from mnistviz.config import SUM_ORDERS, PictureConfig, Wording


class ClassPair(click.ParamType[tuple[str, ...]]):
    """Two classes, with a comma between them."""

    name = "class,class"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, ...]:
        """Return the two names."""
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip() for name in value.split(","))
        if len(names) != 2 or not all(names):
            self.fail(f"expected two classes, as in 4,9 (got {value!r})", param, ctx)
        return names


@click.command(cls=HeadedCommand)
@of_images("--index", type=int, help="Which test image, counted from 0.")
@of_images(
    "--image",
    type=source_options.UNCHECKED,
    help="Own picture to show instead: a drawing or photo, dark on light or light on dark.",
)
@of_images(
    "--flip",
    metavar="[CLASS]",
    is_flag=False,
    flag_value="any",
    default="",
    help="Show the fewest pixels that turn the answer into this class.  [without one: any]",
)
@of_images(
    "--why",
    type=ClassPair(),
    default=(),
    help="Show where the scores of two classes differ, as in 4,9.",
)
@of_images(
    "--sum",
    "sum_order",
    metavar="[ORDER]",
    type=click.Choice(SUM_ORDERS),
    is_flag=False,
    flag_value="rows",
    help="Show the sum as pixels are added: rows, row by row, or influence.  [without one: rows]",
)
@film_options.show_steps
@source_options.out(".png, .svg or .pdf")
@source_options.explorer
@source_options.model
@source_options.data
@look_options.picture
@look_options.wording
@look_options.bare
@look_options.width
@source_options.quiet
def still(
    index: int | None,
    image: Path | None,
    flip: str,
    why: tuple[str, ...],
    sum_order: str | None,
    show_steps: Path | None,
    out: Path,
    explorer: Path | str,
    model: Any,
    data: Any,
    picture: PictureConfig,
    wording: Wording,
    bare: bool,
    width: float,
    quiet: bool,
) -> None:
    """Draw one image on its way through the network: of the test images, or your own."""
    from mnistviz.film import still as film_still
    from mnistviz.frame import words
    from mnistviz.language.language import ENGLISH

    chosen = _one_of(index, image)
    with Bars(quiet, source_options.TRAINING_FIRST) as bars:
        drawn = film_still.still(
            data,
            chosen,
            out,
            model,
            picture,
            bars,
            bare=bare,
            width=width,
            show_steps=show_steps,
            flip=flip,
            why=why,
            sum_order=sum_order or "",
            wording=wording,
            explorer=explorer,
        )
    done = drawn.prediction
    result = words.answer(ENGLISH, done.image, done.predicted, done.probability, done.true)
    if drawn.answer:
        result = f"{result}: {drawn.answer}"
    size = f"{width:g} cm wide" if width else "{}x{}".format(*drawn.scene.size)
    click.echo(f"{out}: {result}, {size}")


def _one_of(index: int | None, image: Path | None) -> int | Path:
    """Return the one that was given."""
    if index is not None and image is not None:
        raise click.UsageError("--index and --image exclude each other: give one of them")
    chosen = image if index is None else index
    if chosen is None:
        raise click.UsageError("which image? Give --index, a test image, or --image, a file")
    return chosen
