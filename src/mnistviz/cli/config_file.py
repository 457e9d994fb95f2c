"""--config and --print-config: the options of a command in a TOML file."""

import difflib
import tomllib
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import click

from mnistviz.cli import completion
from mnistviz.cli.option_groups import Option
from mnistviz.cli.source_options import check_unread
from mnistviz.errors import OptionError, reason
from mnistviz.input import read_text

# Options that a file may not set: they do not change what is made.
MOST_BYTES = 1 << 20  # of a file
NOT_IN_A_FILE = ("config", "print_config", "quiet", "help")


def config(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command --config and --print-config, for all its other options."""

    @wraps(command)
    def with_settings(*args: Any, config: str | None, print_config: bool, **options: Any) -> None:
        if print_config:
            context = click.get_current_context()
            click.echo(_as_toml(_known(context.command), context.params), nl=False)
        else:
            check_unread(config)
            command(*args, **options)

    for option in (
        click.option(
            "--print-config",
            is_flag=True,
            help="Print the settings file that would repeat this command, and do nothing else.",
        ),
        click.option(
            "--config",
            cls=Option,
            metavar="FILE",
            is_eager=True,  # before the options whose defaults it changes
            callback=_read,
            shell_complete=completion.files,
            help="TOML file of options, as --print-config prints it; the command line wins.",
        ),
    ):
        with_settings = option(with_settings)
    return with_settings


def _read(context: click.Context, option: click.Parameter, name: str | None) -> str | None:
    """Make a file's settings the defaults, and return its name."""
    if name is None:
        return None
    known = _known(context.command)
    settings = {key.replace("_", "-"): value for key, value in _parsed(name).items()}
    for key, value in settings.items():
        if key not in known:
            raise OptionError(f"{name}: unknown setting {key!r}{_hint(key, known)}")
        _check(name, key, value, known[key], context)
    context.default_map = {
        known[key].name or "": [value] if known[key].multiple and isinstance(value, str) else value
        for key, value in settings.items()
    }
    return name


def _parsed(name: str) -> dict[str, Any]:
    try:
        settings = tomllib.loads(read_text(Path(name), MOST_BYTES))
        str(settings)  # a number of thousands of digits fails here, if it is not decimal
        return settings
    except (OSError, ValueError) as error:
        raise OptionError(f"cannot read the settings in {name}: {reason(error)}") from None
    except RecursionError:
        raise OptionError(f"{name}: expected settings, got lists in lists, too deep") from None


def _known(command: click.Command) -> dict[str, click.Option]:
    """Return the options that a file may set, by their names without dashes."""
    return {
        option.opts[-1].lstrip("-"): option
        for option in command.params
        if isinstance(option, click.Option) and option.name not in NOT_IN_A_FILE
    }


def _hint(key: str, known: dict[str, click.Option]) -> str:
    near = difflib.get_close_matches(key, known, 1)
    return f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(known)}"


def _check(name: str, key: str, value: Any, option: click.Option, context: click.Context) -> None:
    """Refuse a value of another type than the option's, or one that it does not accept."""
    each = value if isinstance(value, list) and option.multiple else [value]
    expected, kinds = _kinds(option)
    for one in each:
        if isinstance(one, bool) != (bool in kinds) or not isinstance(one, kinds):
            raise OptionError(f"{name}: {key}: expected {expected}, got {one!r:.80}")
    try:
        option.type_cast_value(context, each if option.multiple else value)
    except click.BadParameter as error:
        raise OptionError(f"{name}: {key}: {error.message}") from None
    except OverflowError:
        raise OptionError(f"{name}: {key}: expected a number below 1e308, got more") from None


def _kinds(option: click.Option) -> tuple[str, tuple[type, ...]]:
    """Return the TOML values that an option takes, in words and as types."""
    if option.is_flag:
        return "true or false", (bool,)
    if option.type is click.INT:
        return "a whole number", (int,)
    if option.type is click.FLOAT:
        return "a number", (int, float)
    return "text", (str,) if option.name not in TEXTS_OR_NUMBERS else (str, int, float)


TEXTS_OR_NUMBERS = ("input_scale", "input_shift", "indices", "classes", "processes")


def _as_toml(known: dict[str, click.Option], values: dict[str, Any]) -> str:
    """Return the settings of a command as TOML, without those that are not set."""
    import tomli_w

    settings = {key: _plain(option, values[option.name or ""]) for key, option in known.items()}
    return tomli_w.dumps({key: it for key, it in settings.items() if it is not None})


def _plain(option: click.Option, value: Any) -> Any:
    """Return a value as TOML has it; None for one that is not set."""
    if isinstance(option.type, WrittenAsText) and value is not None:
        return option.type.text(value)
    if isinstance(value, tuple):
        return list(value) or None
    return str(value) if isinstance(value, Path) else value


@runtime_checkable
class WrittenAsText(Protocol):
    """A type of options whose values can be written as text."""

    def text(self, value: Any) -> str:
        """Return the text from which a value is read."""
