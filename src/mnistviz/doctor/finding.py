"""What was found out about one thing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from mnistviz.errors import MnistvizError

State = Literal["ok", "note", "fail"]


@dataclass(frozen=True)
class Finding:
    """What was found out about one thing.

    Attributes
    ----------
    subject
        What was looked at.
    state
        'ok'; 'note', where a film can be made all the same; or 'fail', where it cannot.
    told
        What is there.
    advice
        What to do, unless it is ok.
    """

    subject: str
    state: State
    told: str
    advice: str = ""


def guarded(subject: str, advice: str, look: Callable[[], Finding]) -> Finding:
    """Return what was found; whatever goes wrong in looking is a finding too.

    Parameters
    ----------
    subject
        What is looked at.
    advice
        What to do where an error does not tell so itself.
    look
        Looks.
    """
    try:
        return look()
    except MnistvizError as error:
        return Finding(subject, "fail", " ".join(str(error).split()))
    except Exception as error:  # what is broken can raise anything
        return Finding(subject, "fail", _in_one_line(error), advice)


def _in_one_line(error: BaseException) -> str:
    """Return what happened first, since NumPy for one wraps it in advice of fifty lines."""
    while cause := error.__cause__ or (None if error.__suppress_context__ else error.__context__):
        error = cause
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return ": ".join([type(error).__name__, *lines[:1]])


def can_work(findings: Iterable[Finding]) -> bool:
    """Whether a film can be made."""
    return all(finding.state != "fail" for finding in findings)
