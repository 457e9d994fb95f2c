"""Check all that mnistviz needs. Public function: examine.

This must work where other things do not. So what can be broken, and NumPy, matplotlib and ffmpeg
above all, is imported by the check that looks at it and not before.
"""

import platform
import shutil
import string
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module, metadata
from pathlib import Path
from typing import Literal

from mnistviz.datasets.cache import missing_files, set_folder
from mnistviz.datasets.named_sets import FASHION, SETS, NamedSet
from mnistviz.errors import MnistvizError, OutputError
from mnistviz.output import check_target

MODULES = {"pillow": "PIL"}  # where a package's module has another name than the package
# The encoder of each kind of film, except H.264 in MP4, without which ffmpeg is not used at all.
ENCODERS = {
    "GIF": "gif",
    "HEVC in MP4": "libx265",
    "AV1 in MP4": "libsvtav1",
    "VP9 in WebM": "libvpx-vp9",
    "AV1 in WebM": "libsvtav1",
    "WebP": "libwebp_anim",
}
TRIAL_SIZE = (64, 64)  # pixels, the least that all encoders take
# All that pictures contain, except class names: these are transliterated where a letter is missing.
LETTERS = (
    string.digits + string.ascii_letters + string.punctuation + "×Σ✓✗→−–…·\N{REPLACEMENT CHARACTER}"
)
LEAST_FREE = 100_000_000  # bytes; a film of a minute takes a tenth of them

FFMPEG = "Upgrade or reinstall imageio-ffmpeg."
TRIAL = "Fix what fails above; if nothing does, upgrade or reinstall imageio-ffmpeg."
TYPEFACE = "Fix the packages that fail above, or reinstall matplotlib, which brings DejaVu Sans."
TEMPORARY = "Name a folder that can be written to in the environment variable TMPDIR."
CACHE = "Name another folder in the environment variable MNISTVIZ_CACHE."
UNFINISHED = (
    "The command that was stopped goes on where it stopped; 'mnistviz doctor --remove-unfinished' "
    "removes what it has made."
)


@dataclass(frozen=True)
class Finding:
    """The result of one check.

    Attributes
    ----------
    subject
        What was checked.
    state
        'ok'; 'note', where a film can be made all the same; or 'fail', where it cannot.
    text
        What was found.
    advice
        What to do, unless the state is 'ok'.
    """

    subject: str
    state: Literal["ok", "note", "fail"]
    text: str
    advice: str = ""


def examine(remove: bool = False) -> Iterator[Finding]:
    """Check Python, packages, ffmpeg, letters, languages, data sets and folders, in this order.

    Parameters
    ----------
    remove
        Whether to remove what films that were never finished have left in the current folder.

    Yields
    ------
    Finding
        The result of each check. A check never raises, trains, fetches or leaves a file behind.
    """
    yield _python()
    yield from _packages()
    yield from _video()
    yield guarded("letters", TYPEFACE, _letters)
    yield guarded("languages", TYPEFACE, _languages)
    for named in SETS.values():
        yield guarded(named.title, "", partial(_data_set, named))
    yield guarded("this folder", "Go to another folder.", _current_folder)
    yield guarded("temporary", TEMPORARY, _temporary_folder)
    yield guarded("cache", CACHE, _cache)
    yield guarded("unfinished", UNFINISHED, partial(_unfinished, remove))


def guarded(subject: str, advice: str, check: Callable[[], Finding]) -> Finding:
    """Return the result of a check; if the check raises, a finding that reports the error.

    The advice is for an error that is not a MnistvizError, whose message says what to do.
    """
    try:
        return check()
    except MnistvizError as error:
        return Finding(subject, "fail", " ".join(str(error).split()))
    except Exception as error:  # a broken package can raise anything
        return Finding(subject, "fail", _in_one_line(error), advice)


def _in_one_line(error: BaseException) -> str:
    """Return the first cause of an error: NumPy, for one, wraps it in fifty lines of advice."""
    while cause := error.__cause__ or (None if error.__suppress_context__ else error.__context__):
        error = cause
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return ": ".join([type(error).__name__, *lines[:1]])


def _python() -> Finding:
    system = f"{platform.system()} {platform.machine()}"
    return Finding("Python", "ok", f"{platform.python_version()}, {sys.executable}, {system}")


def _packages() -> Iterator[Finding]:
    for requirement in metadata.requires("mnistviz") or ():
        if "extra ==" not in requirement:
            pip = f"{sys.executable} -m pip install --force-reinstall"
            advice = f"Install it: {pip} '{requirement}'"
            name = requirement.partition(">=")[0]
            yield guarded(name, advice, partial(_package, requirement, advice))


def _package(requirement: str, advice: str) -> Finding:
    """Check that a package is there and new enough, and can be imported."""
    from packaging.requirements import Requirement

    needed = Requirement(requirement)
    try:
        version = metadata.version(needed.name)
    except metadata.PackageNotFoundError:
        return Finding(needed.name, "fail", "not installed", advice)
    import_module(MODULES.get(needed.name, needed.name.replace("-", "_")))
    if needed.specifier.contains(version, prereleases=True):
        return Finding(needed.name, "ok", version)
    return Finding(needed.name, "fail", f"{version}, but mnistviz needs {requirement}", advice)


def _video() -> Iterator[Finding]:
    yield (found := guarded("ffmpeg", FFMPEG, _ffmpeg))
    if found.state == "ok":
        for kind, encoder in ENCODERS.items():
            yield guarded(kind, FFMPEG, partial(_encoder, kind, encoder))
        yield guarded("trial film", TRIAL, _trial_film)


def _ffmpeg() -> Finding:
    from mnistviz.formats.codecs import H264
    from mnistviz.formats.ffmpeg import RECENT, encoder_of, find_ffmpeg, version

    # First, since its error explains best why an ffmpeg does not run.
    path = find_ffmpeg((encoder_of(H264["standard"]), RECENT))
    return Finding("ffmpeg", "ok", f"{version()}, {path}")


def _encoder(kind: str, encoder: str) -> Finding:
    from mnistviz.formats.ffmpeg import advice, has_encoder

    if has_encoder(encoder):
        return Finding(kind, "ok", encoder)
    return Finding(kind, "note", f"this ffmpeg lacks the encoder {encoder}", advice())


def _trial_film() -> Finding:
    """Write a film of two pictures, which the writer reads back."""
    import numpy as np

    from mnistviz.formats.encoded import NO_TRACKS, Part
    from mnistviz.formats.mp4 import Mp4
    from mnistviz.formats.timeline import Timeline

    film_format = Mp4(TRIAL_SIZE, Timeline(2, 0.5, 4))
    pictures = [np.full(film_format.picture_shape, grey, np.uint8) for grey in (64, 192)]
    frames = (2, 2)
    with tempfile.TemporaryDirectory(prefix="mnistviz-") as folder:
        segment, film = Path(folder, "segment"), Path(folder, "film")
        made = film_format.encoded(frames, lambda: pictures)
        segment.write_bytes(made.data)
        parts = [Part(segment, frames)]
        film_format.join(parts, film, NO_TRACKS)
        film_format.verify(film, parts)
    written = f"written and read back, {sum(frames)} frames of H.264"
    if made.note:
        return Finding("trial film", "note", f"{written}; {made.note}", FFMPEG)
    return Finding("trial film", "ok", written)


def _letters() -> Finding:
    from mnistviz.drawing.fonts import can_draw

    lacking = [unicodedata.name(letter) for letter in LETTERS if not can_draw(letter)]
    if lacking:
        return Finding("letters", "fail", f"DejaVu Sans lacks {', '.join(lacking)}", TYPEFACE)
    return Finding("letters", "ok", f"DejaVu Sans has all {len(LETTERS)} that pictures need")


def _languages() -> Finding:
    """List the languages that can be drawn here, and what the others need."""
    from mnistviz.drawing.find_fonts import without_typeface
    from mnistviz.language.catalogue import languages

    tags = sorted(("en", *languages()))
    lacking = without_typeface(tags)
    drawn = f"{', '.join(tag for tag in tags if tag not in lacking)} can be drawn"
    if not lacking:
        return Finding("languages", "ok", drawn)
    needed = "; ".join(f"{tag} needs {typeface}" for tag, typeface in lacking.items())
    return Finding("languages", "note", drawn, f"Install typefaces for others: {needed}.")


def _data_set(named: NamedSet) -> Finding:
    """Check that the files of a named data set are there and undamaged."""
    try:
        folder = set_folder(named)
    except OutputError as error:
        return Finding(named.title, "note", str(error), CACHE)
    missing = missing_files(named, folder)
    if not missing:
        size = f"{len(named.files)} files, {named.size / 1e6:.1f} MB"
        return Finding(named.title, "ok", f"{size}, SHA-256 as it should be, in {folder}")
    damaged = [file.name for file in missing if (folder / file.name).exists()]
    text = f"{folder}: {damaged[0]} is damaged" if damaged else "not fetched"
    if named.bundled:
        text = text if damaged else f"{folder}: {missing[0].name} is missing"
        return Finding(named.title, "fail", text, "Reinstall mnistviz.")
    return Finding(named.title, "note", text, f"'mnistviz fetch {named.name}' gets it, once.")


def _unfinished(remove: bool) -> Finding:
    """List or remove the segments of films that were never finished."""
    from mnistviz.formats import unfinished

    folders = unfinished.left_over(Path.cwd())
    if not folders:
        return Finding("unfinished", "ok", "no film in this folder was broken off")
    length = sum(file.stat().st_size for folder in folders for file in folder.iterdir())
    what = f"{', '.join(folder.name for folder in folders)}, {length / 1e6:.1f} MB"
    if not remove:
        return Finding("unfinished", "note", what, UNFINISHED)
    for folder in folders:
        unfinished.remove(folder)
    return Finding("unfinished", "ok", f"removed {what}")


def _current_folder() -> Finding:
    here = Path.cwd()
    check_target(here / "video.mp4", (".mp4",))
    return _disk("this folder", here, "Free some, or name another disk with --out.")


def _temporary_folder() -> Finding:
    try:
        folder = tempfile.gettempdir()  # which tries to write there
    except FileNotFoundError:
        return Finding("temporary", "note", "there is none: films have one worker", TEMPORARY)
    return _disk("temporary", Path(folder), TEMPORARY)


def _disk(subject: str, folder: Path, advice: str) -> Finding:
    free = shutil.disk_usage(folder).free
    text = f"{folder}, {free / 1e9:,.1f} GB free"
    if free < LEAST_FREE:
        return Finding(subject, "note", text, advice)
    return Finding(subject, "ok", text)


def _cache() -> Finding:
    """Check that the cache, or the folder in which it would be made, can be written to."""
    try:
        folder = set_folder(FASHION).parent
    except OutputError as error:
        return Finding("cache", "note", str(error), CACHE)
    try:
        existing = next(each for each in (folder, *folder.parents) if each.exists())
        with tempfile.TemporaryFile(dir=existing):
            return Finding("cache", "ok", str(folder))
    except OSError as error:
        text = f"{folder} cannot be written to, so no set can be fetched: {error.strerror}"
        return Finding("cache", "note", text, CACHE)
