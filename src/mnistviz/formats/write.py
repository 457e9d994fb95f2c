"""Makes the segments of a reel, and joins them to a film."""

import hashlib
import warnings
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from mnistviz.config import Encoding, Workers
from mnistviz.drawing.scene import Scene
from mnistviz.errors import VideoWarning
from mnistviz.formats.base import Picture, Reel, Segment
from mnistviz.formats.choose import format_of
from mnistviz.formats.encoded import EncodedFormat, Part, Tracks
from mnistviz.formats.fingerprint import fingerprint
from mnistviz.formats.notes import Notes, companion_paths
from mnistviz.formats.painted import Task, Watch, painted
from mnistviz.formats.png_folder import Pngs
from mnistviz.formats.timeline import Timeline
from mnistviz.formats.unfinished import unfinished
from mnistviz.formats.workers import made
from mnistviz.formats.written_film import WrittenFilm
from mnistviz.formats.y4m import Y4m, stdout
from mnistviz.output import naming, replacing, replacing_folder
from mnistviz.progress import Progress, ProgressCallback, silent


def write_film(
    reel: Reel,
    out: Path | str,
    size: tuple[int, int],
    timeline: Timeline,
    encoding: Encoding,
    notes: Notes,
    poster: Scene,
    *,
    workers: Workers = Workers(),
    hashed: bool = False,
    progress: ProgressCallback = silent,
) -> WrittenFilm:
    """Make the segments of a reel, and write them as a film with what it says about itself.

    Parameters
    ----------
    reel
        The pictures, as many as the timeline has.
    out
        As of `render`. An older film is replaced when the new one is complete and verified.
    size, timeline, encoding
        As of `format_of`.
    notes
        Tags, chapters and captions.
    poster
        The scene that is the poster, if the encoding asks for one.
    workers
        Who makes the segments.
    hashed
        Whether to hash the pictures.
    progress
        Called when pictures have been painted.

    Raises
    ------
    MnistvizError
        If the film cannot be written.
    """
    film_format = format_of(out, size, timeline, encoding)
    captions, poster_path = companion_paths(Path(out), encoding.captions, encoding.poster)
    shown = _counting(progress, reel.pictures)
    if isinstance(film_format, EncodedFormat):
        vtt = notes.webvtt() if captions else ""
        tracks = Tracks(vtt, notes.ffmetadata(), notes.language)
        files = notes.companion_files(captions, poster_path, poster)
        tasks = _Tasks(reel, film_format, hashed)
        found, hashes = _write(tasks, Path(out), tracks, files, workers, shown)
    else:
        assert isinstance(film_format, Y4m)
        found, hashes = 0, _stream(reel, film_format, hashed, shown)
    return WrittenFilm(
        path=Path(out),
        seconds=timeline.seconds,
        size=size,
        drawn_sha256=hashlib.sha256(b"".join(hashes)).hexdigest() if hashed else None,
        captions=captions,
        poster=poster_path,
        found=found,
        language=notes.tag,
    )


@dataclass(frozen=True)
class _Tasks:
    """How to make each segment of a film."""

    reel: Reel
    film_format: EncodedFormat
    hashed: bool

    def __len__(self) -> int:
        return len(self.reel)

    def __getitem__(self, number: int) -> Task:
        return Task(self.film_format, self.reel[number], self.hashed)


def _write(
    tasks: _Tasks,
    out: Path,
    tracks: Tracks,
    files: Mapping[Path, bytes],
    workers: Workers,
    shown: Watch,
) -> tuple[int, list[bytes]]:
    """Make the segments that are not there yet, and join all to the film.

    Returns
    -------
    int, list of bytes
        How many segments were there already; and, if asked for, SHA-256 of each one's pictures.
    """
    with unfinished(out, fingerprint(tasks)) as film:
        found = sorted(film.kept)
        missing = sorted({*range(len(tasks))} - film.kept.keys())
        shown(sum(len(tasks[number].segment.frames) for number in found))
        with naming(out):
            jobs = ((number, tasks[number]) for number in missing)
            for number, segment in made(jobs, len(missing), workers, shown):
                film.keep(number, segment)
                if segment.note:
                    warnings.warn(segment.note, VideoWarning, stacklevel=4)
        kept = [film.kept[number] for number in range(len(tasks))]
        frames = (tasks[number].segment.frames for number in range(len(tasks)))
        parts = [Part(segment.path, counts) for segment, counts in zip(kept, frames, strict=True)]
        with _target(tasks.film_format, out, files, film.folder) as path:
            tasks.film_format.join(parts, path, tracks)
            tasks.film_format.verify(path, parts)
    return len(found), [bytes.fromhex(segment.drawn) for segment in kept]


def _target(
    film_format: EncodedFormat, out: Path, files: Mapping[Path, bytes], folder: Path
) -> AbstractContextManager[Path]:
    """Return what yields a temporary file or folder, which then takes the place of the film."""
    if isinstance(film_format, Pngs):  # which have no companion files
        return replacing_folder(out, inside=folder)
    return replacing(out, files, inside=folder)


def _stream(reel: Reel, film_format: Y4m, hashed: bool, shown: Watch) -> list[bytes]:
    """Write a film to stdout; return SHA-256 of each segment's pictures, if asked for."""
    hashes = []

    def pictures(segment: Segment) -> Iterator[Picture]:
        digest, drawn = hashlib.sha256(), painted(segment, film_format.pixel_format)
        for picture in drawn:
            if hashed:
                digest.update(picture.data)
            yield picture
            shown(1)
        hashes.append(digest.digest())

    segments = map(reel.__getitem__, range(len(reel)))
    film_format.write(stdout(), ((segment.frames, pictures(segment)) for segment in segments))
    return hashes


def _counting(progress: ProgressCallback, pictures: int) -> Watch:
    """Return what adds up pictures, and reports them."""
    done = 0

    def shown(more: int) -> None:
        nonlocal done
        done += more
        if more:
            progress(Progress("rendering", done, pictures))

    return shown
