"""Reads what a film's file holds apart from its pictures.

With PyAV, which has an ffmpeg of its own and exact times; with MediaInfo, which has none; and for
the lengths in an MP4's headers, byte by byte.
"""

import html
import re
import struct
from fractions import Fraction

import av
from pymediainfo import MediaInfo

from webvtt import seconds

TAGS = ("title", "description", "comment", "copyright")


def tags(path):
    """Return the file's tags by their names in lower case, without those of the container.

    The encoder is one of them: WebM must name it, and the name is 'Lavf', without a version.
    """
    with av.open(path) as film:
        kept = {key.lower(): value for key, value in film.metadata.items()}
    assert kept.pop("encoder", "Lavf") == "Lavf"
    return {key: kept[key] for key in kept if not key.endswith(("brand", "version", "brands"))}


def chapters(path):
    """Return start and end in seconds, and title, of each chapter."""
    with av.open(path) as film:
        return [
            (each["start"] * each["time_base"], each["end"] * each["time_base"],
             each["metadata"]["title"])
            for each in film.chapters()
        ]  # fmt: skip


def captions(path):
    """Return start and end in seconds, and text, of each caption."""
    with av.open(path) as film:
        (stream,) = film.streams.subtitles
        packets = [packet for packet in film.demux(stream) if packet.size]
        read = {"mov_text": _mov_text, "webvtt": _webvtt}[stream.codec_context.name]
    return [
        (packet.pts * packet.time_base, (packet.pts + packet.duration) * packet.time_base, text)
        for packet in packets
        if (text := read(bytes(packet)))  # an MP4 has an empty one between two captions
    ]


def _mov_text(packet):
    assert len(packet) == int.from_bytes(packet[:2]) + 2, "styles"
    return packet[2:].decode()


def _webvtt(packet):
    assert b"<" not in packet, "a tag"
    return html.unescape(packet.decode())


def by_mediainfo(path):
    """Return the tags, and start in whole thousandths of a second and title of each chapter."""
    tracks = [track.to_data() for track in MediaInfo.parse(path).tracks]
    general = next(track for track in tracks if track["track_type"] == "General")
    found = {name: general[name] for name in TAGS if name in general}
    # An MP4 has two lists of them, for different players.
    lists = [_times(track) for track in tracks if track["track_type"] == "Menu"]
    assert all(one == lists[0] for one in lists)
    return found, lists[0] if lists else []


def _times(menu):
    times = [(re.fullmatch(r"(\d\d)_(\d\d)_(\d\d)(\d{3})", key), key) for key in menu]
    return [(seconds(*time.groups()), menu[key]) for time, key in times if time]


def header(path, box):
    """Return what follows the name of an MP4's one such box, which must precede the pictures."""
    _, content = path.read_bytes().partition(b"mdat")[0].split(box)
    return content


def lengths(path):
    """Return the lengths in seconds by an MP4's movie, track and media headers."""
    unit, movie = struct.unpack_from(">II", header(path, b"mvhd"), 12)
    (track,) = struct.unpack_from(">I", header(path, b"tkhd"), 20)  # in units of the movie's
    media_unit, media = struct.unpack_from(">II", header(path, b"mdhd"), 12)
    return [Fraction(movie, unit), Fraction(track, unit), Fraction(media, media_unit)]
