"""Reads the boxes of an MP4: what its headers say, without ffmpeg."""

import struct
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

# Boxes that hold boxes, and how many bytes of their own come first.
PARENTS = {
    "moov": 0,
    "trak": 0,
    "mdia": 0,
    "minf": 0,
    "stbl": 0,
    "stsd": 8,
    "avc1": 78,
    "hvc1": 78,
    "av01": 78,
}


def boxes(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        header = 8
        if size == 1:
            (size,), header = struct.unpack_from(">Q", data, at + 8), 16
        yield kind.decode(), data[at + header : at + size]
        at += size


def all_boxes(data: bytes) -> Iterator[tuple[str, bytes]]:
    for kind, content in boxes(data):
        yield kind, content
        if kind in PARENTS:
            yield from all_boxes(content[PARENTS[kind] :])


def order(path: Path) -> list[str]:
    return [kind for kind, _ in boxes(path.read_bytes())]


def only(path: Path, kind: str) -> bytes:
    (content,) = (content for found, content in all_boxes(path.read_bytes()) if found == kind)
    return content


def durations(path: Path) -> dict[str, Fraction]:
    """Give the seconds that each header tells; a track's are in units of the movie's."""
    unit, movie = struct.unpack_from(">II", only(path, "mvhd"), 12)
    (track,) = struct.unpack_from(">I", only(path, "tkhd"), 20)
    media_unit, media = struct.unpack_from(">II", only(path, "mdhd"), 12)
    return {
        "mvhd": Fraction(movie, unit),
        "tkhd": Fraction(track, unit),
        "mdhd": Fraction(media, media_unit),
    }


def sample_count(path: Path) -> int:
    return int(struct.unpack_from(">I", only(path, "stsz"), 8)[0])


def profile(path: Path) -> int:
    return only(path, "avcC")[1]


def colour(path: Path) -> tuple[bytes, int, int, int, int]:
    """Give type, primaries, transfer, matrix and the flags, of which the top bit is full range."""
    primaries, transfer, matrix, flags = struct.unpack_from(">HHHB", only(path, "colr"), 4)
    return only(path, "colr")[:4], primaries, transfer, matrix, flags
