"""``mnistviz compare``."""

from pathlib import Path
from typing import Any

import click

from mnistviz.cli import completion, film_options, look_options, render, source_options
from mnistviz.cli.option_groups import HeadedCommand, of_file, of_model
from mnistviz.cli.progress_bar import Bars
from mnistviz.config import Encoding, PictureConfig, Selection, Timing, Wording, Workers

_out = of_file(
    "--out",
    metavar="PATH",
    shell_complete=completion.files,
    help="File to write: a film, .mp4, .webm, .gif or .webp, a new folder of PNGs, if it ends in a "
    "slash, or -, a Y4M stream on stdout; a picture, .png, .svg or .pdf; or a report, .html.  "
    "[default: the table alone]",
)

_names = of_model(
    "--names",
    metavar="NAME,...",
    help="What the models are called, with commas between them.  [default: as their files]",
)


@click.command(cls=HeadedCommand)
@click.argument(
    "models",
    nargs=-1,
    required=True,
    type=source_options.UNCHECKED,
    shell_complete=completion.files,
)
@_out
@_names
@source_options.data
@film_options.compared
@film_options.timing
@film_options.encoding
@look_options.picture
@look_options.wording
@render.hash_option
@film_options.workers
@source_options.quiet
def compare(
    models: tuple[Path, ...],
    out: str | None,
    names: str | None,
    data: Any,
    selection: Selection,
    timing: Timing,
    encoding: Encoding,
    picture: PictureConfig,
    wording: Wording,
    hashed: bool,
    workers: Workers,
    quiet: bool,
) -> None:
    """Compare two or three MODELS on the same test images.

    Files of 'mnistviz train', or other people's weights. The images on which they disagree come
    first. A table tells how good each is, and whether they differ by more than chance.
    """
    from mnistviz.report import compare as report
    from mnistviz.report import comparison

    wording = look_options.wording_of(wording, seen=out is not None)
    called = tuple(name.strip() for name in names.split(",")) if names is not None else ()
    with Bars(quiet) as bars:
        done = report.compare(
            data,
            models,
            out,
            selection,
            timing,
            encoding,
            picture,
            names=called,
            workers=workers,
            hashed=hashed,
            wording=wording,
            progress=bars,
        )
    echo = render.echo_for(out or "")
    for line in comparison.lines(done.comparison):
        echo(line)
    if out is not None:
        echo("")
        render.echo_written(out, len(done.indices), done.film)
