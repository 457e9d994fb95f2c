"""The headings under which a command with many options lists them in its help."""

from functools import partial
from typing import Any

import click

# In the order of help. The last is also for options without a heading, as --help itself.
HEADINGS = ("File", "Images", "Model and data", "Timing", "Look", "Other options")


class HeadedOption(click.Option):
    """An option that tells its heading."""

    def __init__(self, *args: Any, heading: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.heading = heading


# click.option, for what belongs under each of them.
of_file, of_images, of_model, of_timing, of_look = (
    partial(click.option, cls=HeadedOption, heading=heading) for heading in HEADINGS[:-1]
)


class HeadedCommand(click.Command):
    """A command whose help lists its options under the headings."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options into the help."""
        listed: dict[str, list[tuple[str, str]]] = {heading: [] for heading in HEADINGS}
        for option in self.get_params(ctx):
            if record := option.get_help_record(ctx):
                listed[getattr(option, "heading", HEADINGS[-1])].append(record)
        for heading, records in listed.items():
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)
