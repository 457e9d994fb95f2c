"""The story of an examination, to be read from top to bottom."""

from collections.abc import Iterator

from mnistviz.doctor.finding import Finding
from mnistviz.doctor.folders import look_at_folders
from mnistviz.doctor.letters import look_at_letters
from mnistviz.doctor.packages import look_at_packages, look_at_python
from mnistviz.doctor.sets import look_at_sets
from mnistviz.doctor.video import look_at_video


def examine() -> Iterator[Finding]:
    """Look at all that a film, the default one and others, needs.

    Yields
    ------
    Finding
        One thing after another. Nothing is trained or fetched, and nothing is left behind.
    """
    yield look_at_python()
    yield from look_at_packages()
    yield from look_at_video()
    yield look_at_letters()
    yield from look_at_sets()
    yield from look_at_folders()
