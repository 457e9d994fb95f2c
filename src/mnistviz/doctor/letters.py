"""The typeface, and whether it has every letter that a picture needs."""

import string
import unicodedata

from mnistviz.doctor.finding import Finding, guarded

# Of what a picture says; the names of classes are written in Latin where a letter lacks.
LETTERS = (
    string.digits + string.ascii_letters + string.punctuation + "×Σ✓✗−–…·\N{REPLACEMENT CHARACTER}"
)
REINSTALL = "Mend the packages that fail above, or reinstall matplotlib, which brings DejaVu Sans."


def look_at_letters() -> Finding:
    """Return what is found of the typeface."""
    return guarded("letters", REINSTALL, _look)


def _look() -> Finding:
    from mnistviz.drawing.matplotlib_renderer import can_draw

    lacking = [unicodedata.name(letter) for letter in LETTERS if not can_draw(letter)]
    if lacking:
        return Finding("letters", "fail", f"DejaVu Sans lacks {', '.join(lacking)}", REINSTALL)
    return Finding("letters", "ok", f"DejaVu Sans has all {len(LETTERS)} that pictures need")
