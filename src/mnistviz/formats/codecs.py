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
    *("-threads", "4"),
    *("-bsf:v", "filter_units=remove_types=6"),  # x264's note of its version and settings
    *_SITED,
)

# Without adaptive quantisation (aq-mode 0) the worst pixel's error is half as large, at the same
# speed and with a fifth more bytes.
H264: Qualities = {
    "draft": (*_H264, "-preset", "ultrafast", "-crf", "24", "-coder", "ac"),
    "standard": (
        *(*_H264, "-preset", "superfast", "-tune", "animation", "-subq", "0"),
        *("-b_strategy", "0", "-trellis", "1", "-aq-mode", "0", "-crf", "18", "-g", "60"),
    ),
    "master": (*_H264, "-preset", "medium", "-aq-mode", "0", "-crf", "8", "-g", "30"),
}

_HEVC = (
    *("-c:v", "libx265", "-flags:v", _BITEXACT, *_SITED),
    *("-tag:v", "hvc1"),  # as Apple's players expect; ffmpeg's own choice is hev1
    *("-x265-params", "log-level=error:info=0:open-gop=0:frame-threads=1:pools=4"),
)

HEVC: Qualities = {
    "draft": (*_HEVC, "-preset", "superfast", "-crf", "18", "-g", "60"),
    "standard": (*_HEVC, "-preset", "superfast", "-crf", "12", "-g", "60"),
    "master": (*_HEVC, "-preset", "medium", "-crf", "8", "-g", "30"),
}

# Temporal filtering (tf) blends neighbouring frames, which here are different pictures.
_AV1 = (
    *("-c:v", "libsvtav1", "-flags:v", _BITEXACT),
    *("-svtav1-params", "lp=2:enable-tf=0:hierarchical-levels=2"),
)

AV1: Qualities = {
    "draft": (*_AV1, "-preset", "10", "-crf", "24", "-g", "60"),
    "standard": (*_AV1, "-preset", "8", "-crf", "16", "-g", "60"),
    "master": (*_AV1, "-preset", "6", "-crf", "2", "-g", "30"),
}

_VP9 = (
    *("-c:v", "libvpx-vp9", "-flags:v", _BITEXACT, "-b:v", "0", *_SITED),
    *("-deadline", "realtime", "-lag-in-frames", "0", "-auto-alt-ref", "0"),
    *("-tune-content", "screen", "-threads", "4", "-row-mt", "1", "-tile-columns", "2"),
)

VP9: Qualities = {
    "draft": (*_VP9, "-cpu-used", "8", "-crf", "24", "-g", "60"),
    "standard": (*_VP9, "-cpu-used", "7", "-crf", "10", "-g", "60"),
    "master": (*_VP9, "-cpu-used", "5", "-crf", "2", "-g", "30"),
}

ENCODERS = {"h264": H264, "hevc": HEVC, "av1": AV1, "vp9": VP9}
"""Arguments by codec and quality."""
