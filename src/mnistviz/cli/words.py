"""``mnistviz words``."""

from pathlib import Path

import click

from mnistviz.cli import look_options, source_options
from mnistviz.cli.option_groups import HeadedCommand
from mnistviz.config import Wording
from mnistviz.errors import OptionError


@click.command(cls=HeadedCommand)
@source_options.out("a new .po", required=False)
@look_options.page_wording
def words(out: Path | None, wording: Wording) -> None:
    """Write a language's words to a file, to fill in or to change: LANGUAGE.po without --out."""
    from mnistviz.language.catalogue import to_fill_in, translated, written
    from mnistviz.output import check_target, replacing

    out = out or Path(f"{wording.language}.po")
    check_target(out, {".po"})
    if out.exists():  # and somebody may have worked on it for a day
        raise OptionError(f"{out} is there already; name another file with --out")
    catalogue = to_fill_in(wording)
    with replacing(out) as part:
        part.write_bytes(written(catalogue))
    click.echo(f"{out}: {len(catalogue)} messages, {len(translated(catalogue))} of them translated")
