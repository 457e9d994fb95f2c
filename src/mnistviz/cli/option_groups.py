"""Groups of options: under headings in the help, and as one argument of a command."""

from collections.abc import Callable, Iterable
from functools import partial, wraps
from inspect import signature
from typing import Any

import click
from click.core import ParameterSource

# In the order of help. The last is also for options without a heading, as --help itself.
HEADINGS = ("File", "Images", "Model and data", "Training", "Timing", "Look", "Other options")

Decorator = Callable[[Callable[..., None]], Callable[..., None]]


class Option(click.Option):
    """An option that refuses an empty name."""

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        """Return a value; refuse an empty name, as of a shell's variable that is not set.

        A file of that name would be the current folder, and any other would be ignored.
        """
        typed = ctx.get_parameter_source(self.name or "") is ParameterSource.COMMANDLINE
        given = typed or self.default != ""  # settings that were printed have the defaults
        texts = (click.Path, click.types.StringParamType)
        names = isinstance(self.type, texts) or self.default == ""
        is_empty = "" in (value if isinstance(value, (tuple, list)) else [value])
        if is_empty and names and given and self.metavar != "TEXT":
            raise click.BadParameter("expected a name, got an empty text", ctx, self)
        return super().process_value(ctx, value)


class HeadedOption(Option):
    """An option that has a heading in the help."""

    def __init__(self, *args: Any, heading: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.heading = heading


# click.option, for the options under each heading.
of_file, of_images, of_model, of_training, of_timing, of_look = (
    partial(click.option, cls=HeadedOption, heading=heading) for heading in HEADINGS[:-1]
)


class Command(click.Command):
    """A command that refuses an option given twice, of which click would drop the first."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse arguments."""
        if not ctx.resilient_parsing:
            _, _, order = self.make_parser(ctx).parse_args(args=list(args))
            for option in order:
                once = isinstance(option, click.Option) and not (option.multiple or option.is_flag)
                if once and order.count(option) > 1:
                    raise click.UsageError(f"{option.opts[-1]} is given twice", ctx)
        return super().parse_args(ctx, args)


class HeadedCommand(Command):
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


def gathered(
    name: str, make: Callable[..., Any], options: Iterable[Decorator], names: Iterable[str] = ()
) -> Decorator:
    """Return a decorator that adds options to a command, which gets their values as one argument.

    Parameters
    ----------
    name
        Name of that argument of the command.
    make
        Makes that argument from the values: a dataclass, or any function.
    options
        In the order of help.
    names
        Names of the values. Default: the parameters of `make`.
    """
    used = tuple(names) or tuple(signature(make).parameters)

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def with_argument(*args: Any, **values: Any) -> None:
            argument = make(**{each: values.pop(each) for each in used})
            command(*args, **{name: argument}, **values)

        decorated: Callable[..., None] = with_argument
        for option in reversed(tuple(options)):
            decorated = option(decorated)
        return decorated

    return decorate
