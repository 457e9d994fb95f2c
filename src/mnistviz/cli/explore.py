"""``mnistviz explore``."""

from pathlib import Path
from typing import Any

import click

from mnistviz.cli import film_options, look_options, source_options
from mnistviz.cli.option_groups import HeadedCommand
from mnistviz.cli.progress_bar import Bars
from mnistviz.config import PageConfig, Selection, Wording


@click.command(cls=HeadedCommand)
@source_options.out(".html")
@source_options.model
@source_options.data
@film_options.page_selection
@look_options.page
@look_options.page_wording
@source_options.quiet
def explore(
    out: Path,
    model: Any,
    data: Any,
    selection: Selection,
    page: PageConfig,
    wording: Wording,
    quiet: bool,
) -> None:
    """Write one HTML file in which people try the network: draw, look closer, browse."""
    from mnistviz.explorer import write
    from mnistviz.frame import words
    from mnistviz.language.language import ENGLISH

    training = source_options.TRAINING_FIRST if model is None else "Training again, for sliders"
    with Bars(quiet, training) as bars:
        done = write.explore(data, model, out, selection, page, wording, bars)
    click.echo(
        f"{out}: {words.counted(ENGLISH, done.images, 'image')}, {out.stat().st_size / 1e6:.2f} MB"
    )
