"""How long work tells how far it is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """How far a task is.

    Attributes
    ----------
    task
        'fetching', 'training', 'measuring' or 'rendering'.
    done, total
        Steps done, of how many: bytes, epochs, models, images or pictures.
    note
        What to show beside it; may be empty.
    """

    task: str
    done: int
    total: int
    note: str = ""


ProgressCallback = Callable[[Progress], None]


def silent(progress: Progress) -> None:
    """Show nothing."""
