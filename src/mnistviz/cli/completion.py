"""``mnistviz completion``, and the values of options that a shell suggests."""

import click
from click.shell_completion import CompletionItem, get_completion_class

from mnistviz.cli.option_groups import Command
from mnistviz.config import SIZES
from mnistviz.datasets.named_sets import SETS

SHELLS = ("bash", "zsh", "fish")
HELP = """Print the script that lets SHELL complete commands, options and their values.

\b
It is read at the start of each shell, for instance from these files:
  mkdir -p ~/.local/share/bash-completion/completions
  mnistviz completion bash > ~/.local/share/bash-completion/completions/mnistviz
  mnistviz completion zsh > "${fpath[1]}/_mnistviz"
  mkdir -p ~/.config/fish/completions
  mnistviz completion fish > ~/.config/fish/completions/mnistviz.fish
Or for this one only, in bash and zsh, and in fish:
  source <(mnistviz completion bash)
  mnistviz completion fish | source
"""


@click.command(cls=Command, help=HELP)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print a completion script."""
    script = get_completion_class(shell)
    assert script is not None  # click knows them all
    program = context.find_root()
    click.echo(script(program.command, {}, "mnistviz", "_MNISTVIZ_COMPLETE").source())


Suggestions = list[CompletionItem]


def files(context: click.Context, option: click.Parameter, typed: str) -> Suggestions:
    """Let the shell suggest files."""
    return [CompletionItem(typed, type="file")]


def sets(context: click.Context, option: click.Parameter, typed: str) -> Suggestions:
    """Suggest the named sets, and let the shell suggest folders."""
    titles = {name: named.title for name, named in SETS.items()}
    # The folders come first: at their mention, click's script for bash forgets what came before.
    return [CompletionItem(typed, type="dir"), *_beginning(typed, titles)]


def sizes(context: click.Context, option: click.Parameter, typed: str) -> Suggestions:
    """Suggest the named sizes."""
    return _beginning(typed, {name: "{}x{}".format(*size) for name, size in SIZES.items()})


def languages(context: click.Context, option: click.Parameter, typed: str) -> Suggestions:
    """Suggest the languages that there are words of."""
    from babel.core import Locale

    from mnistviz.language.catalogue import languages as known

    names = {tag: Locale.parse(tag).get_display_name() or tag for tag in ("en", *known())}
    return _beginning(typed, names)


def classes(context: click.Context, option: click.Parameter, typed: str) -> Suggestions:
    """Suggest the numbers of the classes of a named set."""
    named = SETS.get(context.params.get("data") or "mnist")
    return _beginning(
        typed, {str(n): name for n, name in enumerate(named.classes if named else ())}
    )


def _beginning(typed: str, known: dict[str, str]) -> Suggestions:
    """Return the values that begin with what is typed, and their descriptions."""
    return [CompletionItem(it, help=text) for it, text in known.items() if it.startswith(typed)]
