"""Reads what a film holds beside its pictures with PyAV, which brings an ffmpeg of its own."""

import html
from fractions import Fraction
from pathlib import Path

import av


def tags(path: Path) -> dict[str, str]:
    """Give the tags of the file by their names in lower case, without those of the format."""
    with av.open(path) as film:
        kept = {key.lower(): value for key, value in film.metadata.items()}
    return {key: kept[key] for key in kept if not key.endswith(("brand", "version", "brands"))}


def chapters(path: Path) -> list[tuple[Fraction, Fraction, str]]:
    """Give start and end in seconds, and title, of each chapter."""
    with av.open(path) as film:
        return [
            (each["start"] * each["time_base"], each["end"] * each["time_base"],
             each["metadata"]["title"])
            for each in film.chapters()
        ]  # fmt: skip


def captions(path: Path) -> list[tuple[Fraction, Fraction, str]]:
    """Give start and end in seconds, and what is read, of each caption."""
    with av.open(path) as film:
        (stream,) = film.streams.subtitles
        packets = [packet for packet in film.demux(stream) if packet.size]
        read = {"mov_text": _mov_text, "webvtt": _webvtt}[stream.codec_context.name]
    return [
        (packet.pts * packet.time_base, (packet.pts + packet.duration) * packet.time_base, text)
        for packet in packets
        if (text := read(bytes(packet)))  # an MP4 has an empty one where nothing is told
    ]


def _mov_text(packet: bytes) -> str:
    length = int.from_bytes(packet[:2])
    assert len(packet) == length + 2, "styles"
    return packet[2:].decode()


def _webvtt(packet: bytes) -> str:
    assert b"<" not in packet, "a tag"
    return html.unescape(packet.decode())
