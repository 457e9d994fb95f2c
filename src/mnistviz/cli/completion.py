"""``mnistviz completion``."""

import click
from click.shell_completion import get_completion_class

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


@click.command(help=HELP)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print a completion script."""
    script = get_completion_class(shell)
    assert script is not None  # click knows them all
    program = context.find_root()
    click.echo(script(program.command, {}, "mnistviz", "_MNISTVIZ_COMPLETE").source())
