"""Progress bars on stderr."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Self

import click

from mnistviz.progress import Progress

LABELS = {"fetching": "Fetching", "measuring": "Measuring", "rendering": "Rendering"}


class Bars:
    """Shows each task's progress as a bar with the time left; its name alone if not on a terminal.

    A context manager: leaving it ends the line, whatever happened.

    Parameters
    ----------
    quiet
        Show nothing.
    training
        What to call training.
    """

    def __init__(self, quiet: bool, training: str = "Training") -> None:
        self._quiet = quiet or sys.stderr is None
        self._labels = {"training": training} | LABELS
        self._line = ExitStack()
        self._task = ""
        self._done = 0
        self._update: Callable[[int, str], None]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._line.close()

    def __call__(self, progress: Progress) -> None:
        """Show the progress of a task."""
        if self._quiet:
            return
        if progress.task != self._task:
            self._begin(progress)
        self._update(progress.done - self._done, progress.note)
        self._done = progress.done
        if progress.done == progress.total:
            self._line.close()
            self._task = ""  # a film that must be smaller is made again

    def _begin(self, progress: Progress) -> None:
        self._task, self._done = progress.task, 0
        bar = click.progressbar(
            length=progress.total,
            label=self._labels[progress.task],
            item_show_func=lambda note: note or None,
            show_pos=progress.task != "fetching",  # its note has megabytes
            file=sys.stderr,
        )
        self._update = self._line.enter_context(bar).update
