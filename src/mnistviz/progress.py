"""How long work reports its progress."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """The progress of a task.

    Attributes
    ----------
    task
        'fetching', 'training', 'measuring' or 'rendering'.
    done, total
        Steps done, of how many: bytes, epochs, models or pictures.
    note
        A text to show next to them; may be empty.
    """

    task: str
    done: int
    total: int
    note: str = ""


ProgressCallback = Callable[[Progress], None]


def silent(progress: Progress) -> None:
    """Show nothing."""
