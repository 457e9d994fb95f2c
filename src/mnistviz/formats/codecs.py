"""ffmpeg's arguments for each codec, by quality.

All were chosen by measurements on this content: docs/encoding.md. The number of threads is never
the machine's, since the bytes may depend on it.
"""

Qualities = dict[str, tuple[str, ...]]

_BITEXACT = "+bitexact"
# A chroma sample is the mean of four pixels, so it is sited at their centre and not on the left.
_SITED = ("-chroma_sample_location", "center")

_H264 = (
    *("-c:v", "libx264"),  # H.264 is what every browser, phone and television plays
    *("-profile:v", "high"),  # 8 bits, 4:2:0: more than that, not every hardware decoder takes
    *("-flags:v", "+cgop+bitexact"),  # closed groups of pictures can be cut and joined losslessly
    *("-threads", "1"),  # segments are encoded side by side
    *("-bsf:v", "filter_units=remove_types=6"),  # x264's note of its version and settings
    *_SITED,
)

_DEAD_ZONES = ("-x264-params", "deadzone-inter=12:deadzone-intra=8")

PICTURES_ONCE = ("-bf", "0", "-refs", "1", "-weightp", "0", "-sc_threshold", "0", "-g", "1000000")
"""x264's arguments with which `holds` can repeat a picture; key frames are forced."""

# A fixed quantiser: with crf it changes from picture to picture, and a copy that states it would
# not serve for all, so that `holds` would have to refuse it. Without adaptive quantisation
# (aq-mode 0) the worst pixel's error is half as large. Narrow dead zones round coefficients off
# less: 1 dB more for 2 % more bytes.
_QUICK = ("-preset", "ultrafast", "-coder", "ac", "-aq-mode", "0")
H264: Qualities = {
    "draft": (*_H264, *_QUICK, "-qp", "24"),
    "standard": (*_H264, *_QUICK, "-qp", "20", *_DEAD_ZONES),
    "master": (*_H264, "-preset", "superfast", "-aq-mode", "0", "-qp", "8", *_DEAD_ZONES),
}

_HEVC = (
    *("-c:v", "libx265", "-flags:v", _BITEXACT, *_SITED),
    *("-x265-params", "log-level=error:info=0:open-gop=0:frame-threads=1:pools=4"),
)

HEVC: Qualities = {
    "draft": (*_HEVC, "-preset", "superfast", "-crf", "18"),
    "standard": (*_HEVC, "-preset", "superfast", "-crf", "12"),
    "master": (*_HEVC, "-preset", "medium", "-crf", "8"),
}

# Temporal filtering (tf) blends neighbouring frames, which here are different pictures.
_AV1 = (
    *("-c:v", "libsvtav1", "-flags:v", _BITEXACT),
    *("-svtav1-params", "lp=2:enable-tf=0:hierarchical-levels=2"),
)

AV1: Qualities = {
    "draft": (*_AV1, "-preset", "10", "-crf", "24"),
    "standard": (*_AV1, "-preset", "8", "-crf", "16"),
    "master": (*_AV1, "-preset", "6", "-crf", "2"),
}

_VP9 = (
    *("-c:v", "libvpx-vp9", "-flags:v", _BITEXACT, "-b:v", "0", *_SITED),
    *("-deadline", "realtime", "-lag-in-frames", "0", "-auto-alt-ref", "0"),
    *("-tune-content", "screen", "-threads", "4", "-row-mt", "1", "-tile-columns", "2"),
)

VP9: Qualities = {
    "draft": (*_VP9, "-cpu-used", "8", "-crf", "24"),
    "standard": (*_VP9, "-cpu-used", "7", "-crf", "10"),
    "master": (*_VP9, "-cpu-used", "5", "-crf", "2"),
}

KEY_SECONDS = {"draft": 2, "standard": 2, "master": 1}
"""Seconds from a key frame to the next, at most, by quality."""

ENCODERS = {"h264": H264, "hevc": HEVC, "av1": AV1, "vp9": VP9}
"""Arguments by codec and quality."""
