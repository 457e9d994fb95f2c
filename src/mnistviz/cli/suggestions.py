"""What a shell offers for the values of options when it completes them."""

import click
from click.shell_completion import CompletionItem

from mnistviz.config import SIZES
from mnistviz.datasets.named_sets import SETS

Suggestions = list[CompletionItem]


def files(context: click.Context, option: click.Parameter, typed: str) -> Suggestions:
    """Return that the shell is to look for files."""
    return [CompletionItem(typed, type="file")]


def sets(context: click.Context, option: click.Parameter, typed: str) -> Suggestions:
    """Return the sets that have names, and that the shell is to look for folders."""
    titles = {name: named.title for name, named in SETS.items()}
    # The folders come first: at their mention, click's script for bash forgets what came before.
    return [CompletionItem(typed, type="dir"), *_beginning(typed, titles)]


def sizes(context: click.Context, option: click.Parameter, typed: str) -> Suggestions:
    """Return the sizes that have names."""
    return _beginning(typed, {name: "{}x{}".format(*size) for name, size in SIZES.items()})


def classes(context: click.Context, option: click.Parameter, typed: str) -> Suggestions:
    """Return the numbers of the classes, if the command is about a set that has a name."""
    named = SETS.get(context.params.get("data") or "mnist")
    return _beginning(
        typed, {str(n): name for n, name in enumerate(named.classes if named else ())}
    )


def _beginning(typed: str, known: dict[str, str]) -> Suggestions:
    """Return the values that begin as what is typed, with what shells write beside them."""
    return [CompletionItem(it, help=told) for it, told in known.items() if it.startswith(typed)]
