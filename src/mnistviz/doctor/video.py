"""The ffmpeg that is used, what it can encode, and whether it does."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from mnistviz.doctor.finding import Finding, guarded

# What each kind of film needs, beside H.264 in MP4, without which there is no ffmpeg for us.
ENCODERS = {
    "GIF": "gif",
    "HEVC in MP4": "libx265",
    "AV1 in MP4": "libsvtav1",
    "VP9 in WebM": "libvpx-vp9",
    "AV1 in WebM": "libsvtav1",
    "WebP": "libwebp_anim",
}
REINSTALL = "Upgrade or reinstall imageio-ffmpeg."
MEND = "Mend what fails above; if nothing does, upgrade or reinstall imageio-ffmpeg."
SIZE = (64, 64)  # of the trial; the least that all encoders take


def look_at_video() -> Iterator[Finding]:
    """Yield what is found of ffmpeg, of each encoder, and of a film written for trial."""
    yield (found := guarded("ffmpeg", REINSTALL, _look_for_ffmpeg))
    if found.state == "ok":
        for kind, encoder in ENCODERS.items():
            yield guarded(kind, REINSTALL, partial(_look, kind, encoder))
        yield guarded("trial film", MEND, _try_film)


def _look_for_ffmpeg() -> Finding:
    from mnistviz.formats.codecs import H264
    from mnistviz.formats.ffmpeg import TIMESCALE, encoder_of, find_ffmpeg, version

    needs = (encoder_of(H264["standard"]), TIMESCALE)
    path = find_ffmpeg(needs)  # which tells best of one that does not run
    return Finding("ffmpeg", "ok", f"{version()}, {path}")


def _look(kind: str, encoder: str) -> Finding:
    from mnistviz.formats.ffmpeg import advice, has_encoder

    if has_encoder(encoder):
        return Finding(kind, "ok", encoder)
    return Finding(kind, "note", f"this ffmpeg lacks the encoder {encoder}", advice())


def _try_film() -> Finding:
    """Write a film of two pictures, which the writer reads back."""
    import numpy as np

    from mnistviz.formats.mp4 import Mp4
    from mnistviz.formats.timeline import Timeline
    from mnistviz.formats.writer import VideoWriter

    container = Mp4(SIZE, Timeline(2, 0.5, 4))
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mnistviz-"))
        writer = stack.enter_context(VideoWriter(Path(folder, "trial"), container))
        for grey in (64, 192):
            writer.write(np.full(container.picture_shape, grey, np.uint8))
    return Finding("trial film", "ok", f"written and read back, {container.frames} frames of H.264")
