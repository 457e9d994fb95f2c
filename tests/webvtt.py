"""Reads WebVTT as the specification says, and not as our writer writes it."""

import html
import re
from fractions import Fraction

TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"


def parse(text):
    """Return start and end in seconds, and text, of each cue; refuse anything else."""
    header, *blocks = re.split(r"\n\n+", text.replace("\r\n", "\n").strip("\n"))
    assert re.fullmatch(r"WEBVTT([ \t].*)?", header)
    return [_cue(*block.split("\n", 1)) for block in blocks]


def _cue(times, payload):
    match = re.fullmatch(rf"{TIME}[ \t]+-->[ \t]+{TIME}", times)
    assert match, times
    assert "-->" not in payload
    assert "<" not in payload, "a tag"
    return seconds(*match.groups()[:4]), seconds(*match.groups()[4:]), html.unescape(payload)


def seconds(hours, minutes, seconds, thousandths):
    """Return the seconds of a time whose parts are strings; the hours may be missing."""
    whole = 3600 * int(hours or 0) + 60 * int(minutes) + int(seconds)
    return whole + Fraction(int(thousandths), 1000)
