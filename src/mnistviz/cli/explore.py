"""``mnistviz explore``."""

from pathlib import Path

import click

from mnistviz.cli import film_options
from mnistviz.cli import look_options as looks
from mnistviz.cli import source_options as options
from mnistviz.cli.headings import HeadedCommand
from mnistviz.cli.progress_bar import Bars
from mnistviz.config import FilmConfig, PageConfig


@click.command(cls=HeadedCommand)
@options.out(".html")
@options.model
@options.input_scale
@options.input_shift
@options.data
@options.mirror
@film_options.choice
@looks.page
@options.quiet
def explore(
    out: Path,
    model: Path | None,
    input_scale: options.Scale | None,
    input_shift: options.Scale | None,
    data: str,
    mirror: str | None,
    film: FilmConfig,
    page: PageConfig,
    quiet: bool,
) -> None:
    """Write one HTML file in which people try the network: draw, look closer, browse."""
    from mnistviz.datasets.load import load_dataset
    from mnistviz.explorer import write as explorer
    from mnistviz.frame import words as wording

    explorer.check_explorer(out, film)
    known = options.read_model(model, input_scale, input_shift)
    with Bars(quiet, options.TRAINING_FIRST) as bars:
        dataset = load_dataset(data, mirror, bars)
        done = explorer.explore(dataset, known, out, film, page, bars)
    click.echo(f"{out}: {wording.counted(done.images, 'image')}, {out.stat().st_size / 1e6:.2f} MB")
