"""Every film format, decoded by another program than wrote it."""

import os
import re
import subprocess
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

import tracks
from frames import Decoded, as_yuv, to_ycbcr, write
from mnistviz.errors import OutputError, VideoError
from mnistviz.formats.codecs import ENCODERS
from mnistviz.formats.encoded import Part
from mnistviz.formats.ffmpeg import find_ffmpeg
from mnistviz.formats.mp4 import Mp4
from mnistviz.formats.png_folder import Pngs
from mnistviz.formats.timeline import Timeline
from mnistviz.formats.webm import WebM
from mnistviz.formats.webp import WebP
from mnistviz.formats.y4m import Y4m

SIZE = WIDTH, HEIGHT = (96, 64)
TIMELINE = Timeline(3, 0.35, 30, 0.1, lead=2, lead_hold=3)  # of a length that is no whole second
COLOURS = [(0, 158, 115), (230, 159, 0), (255, 255, 255), (14, 17, 22)]
BT709, LIMITED = 1, 1  # as PyAV counts them
ENCODED = [
    *((".mp4", codec, "standard") for codec in ("h264", "hevc", "av1")),
    *((".webm", codec, "standard") for codec in ("vp9", "av1")),
    *((".mp4", codec, quality) for codec in ("hevc", "av1") for quality in ("draft", "master")),
    *((".webm", "vp9", quality) for quality in ("draft", "master")),
]


def picture(number):
    """Return a picture that differs from all others: coloured quarters, and a bar that moves."""
    rgb = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    for place, colour in enumerate(COLOURS):
        down, across = divmod((place + number) % 4, 2)
        rgb[down * 32 : down * 32 + 32, across * 48 : across * 48 + 48] = colour
    rgb[24:40, 8 * number : 8 * number + 8] = 30 * number
    return rgb


PICTURES = [picture(number) for number in range(TIMELINE.pictures)]
STARTS = [TIMELINE.start(number) for number in range(TIMELINE.pictures + 1)]
FRAMES = TIMELINE.frames_of(0, TIMELINE.pictures)
SHOWN = [n for n, (begin, end) in enumerate(pairwise(STARTS)) for _ in range(begin, end)]


def encoded_format(suffix, codec, quality):
    kind = {".mp4": Mp4, ".webm": WebM}[suffix]
    return kind(SIZE, TIMELINE, encoder=ENCODERS[codec][quality])


# --- with codecs, read by PyAV, which has an ffmpeg of its own


@pytest.fixture(scope="module", params=ENCODED, ids="-".join)
def film(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("film") / "film"
    return request.param, write(path, encoded_format(*request.param), PICTURES)


def test_every_frame_is_there_in_its_colours_and_at_its_time(film):
    with av.open(film[1]) as opened:
        frames = list(opened.decode(video=0))
    assert len(frames) == TIMELINE.frames == len(SHOWN)
    for number, (frame, shown) in enumerate(zip(frames, SHOWN, strict=True)):
        assert abs(frame.time - number / 30) <= 0.0006  # a WebM counts milliseconds
        # Inside of the quarters and the bar, where no edge is near.
        for place in ((10, 20), (10, 80), (54, 20), (54, 80), (32, 8 * shown + 4)):
            off = np.abs(levels_at(frame, *place) - to_ycbcr(PICTURES[shown][place]))
            assert (off <= [4, 6, 6]).all()


def levels_at(frame, row, column):
    """Return luma and chroma of a pixel of PyAV's."""
    decoded = Decoded(frame.to_ndarray(format="yuv420p").tobytes(), SIZE)
    return np.array([decoded.luma[row, column], *decoded.chroma[:, row, column]])


def test_codec_size_length_and_tags_are_as_they_should_be(film):
    (suffix, codec, _), path = film
    with av.open(path) as opened:
        (stream,) = opened.streams
        context = stream.codec_context
        assert context.name in {codec, f"lib{codec}", "libdav1d"}
        assert context.codec.canonical_name == codec
        assert (context.width, context.height, context.pix_fmt) == (*SIZE, "yuv420p")
        tags = (context.color_primaries, context.color_trc, context.colorspace)
        assert (*tags, context.color_range) == (BT709, BT709, BT709, LIMITED)
        assert stream.average_rate == 30
        assert abs(opened.duration / av.time_base - TIMELINE.seconds) <= 0.001
        if suffix == ".mp4":
            assert context.codec_tag == {"h264": "avc1", "hevc": "hvc1", "av1": "av01"}[codec]


def test_chroma_is_sited_at_the_centre_of_its_pixels(film):
    if film[0][1] == "av1":  # which can only be tagged with other sites
        return
    output = ["-i", film[1], "-frames:v", "1", "-f", "yuv4mpegpipe", "-"]
    stream = subprocess.run(
        [find_ffmpeg(), "-v", "error", *output], capture_output=True, check=True
    )
    assert b" C420jpeg " in stream.stdout.partition(b"\n")[0]


def test_the_index_comes_first_and_an_mp4s_headers_have_its_exact_length_and_colours(film):
    (suffix, _, _), path = film
    if suffix == ".mp4":  # whose headers are searched only before the pictures
        assert tracks.lengths(path) == [Fraction(TIMELINE.frames, 30)] * 3
        assert tracks.header(path, b"colr").startswith(b"nclx\0\1\0\1\0\1\0")
    else:
        data = path.read_bytes()
        cues, cluster = b"\x1c\x53\xbb\x6b", b"\x1f\x43\xb6\x75"
        assert data.rindex(cues) < data.index(cluster)  # the first is only their position


def test_h264_itself_is_at_most_high_profile_and_tagged(film, tmp_path):
    if film[0][1] == "h264":
        bare = tmp_path / "bare.h264"
        copy = ["-i", film[1], "-c", "copy", "-bsf:v", "h264_mp4toannexb", bare]
        subprocess.run([find_ffmpeg(), "-v", "error", *copy], check=True)
        command = [find_ffmpeg(), "-i", bare]
        found = subprocess.run(command, capture_output=True, text=True).stderr
        assert re.search(r"h264 \((High|Main)\), yuv420p\(tv, bt709, progressive\), 96x64", found)


def test_no_encoder_leaves_its_name_or_the_time(film):
    data = film[1].read_bytes()
    assert not [word for word in (b"core ", b"build ", b"SVT", b"Lavf6", b"Lavc6") if word in data]


@pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity"), reason="the system does not tie a process to a core"
)
@pytest.mark.parametrize("kind", [*ENCODED[:5], WebP], ids=str)
def test_one_core_writes_the_same_bytes_as_several(tmp_path, kind):
    film_format = WebP(SIZE, TIMELINE) if kind is WebP else encoded_format(*kind)
    many = write(tmp_path / "many", film_format, PICTURES)
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        one = write(tmp_path / "one", film_format, PICTURES)
    finally:
        os.sched_setaffinity(0, cores)
    assert one.read_bytes() == many.read_bytes()


# --- WebP, read by Pillow


def test_a_webp_loops_and_has_every_picture_without_loss_at_its_time(tmp_path):
    path = write(tmp_path / "film", WebP(SIZE, TIMELINE), PICTURES)
    with Image.open(path) as image:
        assert (image.format, image.size, image.info["loop"]) == ("WEBP", SIZE, 0)
        assert image.n_frames == len(PICTURES)
        times = [0]
        for number, rgb in enumerate(PICTURES):
            image.seek(number)
            np.testing.assert_array_equal(np.asarray(image.convert("RGB")), rgb)
            times.append(times[-1] + image.info["duration"])
    assert np.abs(np.array(times) - np.array(STARTS) * 1000 / 30).max() <= 1


def test_pictures_that_are_alike_are_one_frame_of_a_webp_and_last_as_long(tmp_path):
    alike = [PICTURES[0]] * (len(PICTURES) - 1) + [PICTURES[1]]
    path = write(tmp_path / "film", WebP(SIZE, TIMELINE), alike)
    with Image.open(path) as image:
        assert image.n_frames == 2
        image.load()
        assert abs(image.info["duration"] - STARTS[-2] * 1000 / 30) <= 1


@pytest.mark.parametrize("damage", ["cut", "foreign", "empty", "a frame less"])
def test_a_webp_that_is_not_whole_is_detected(tmp_path, damage):
    path = write(tmp_path / "film", WebP(SIZE, TIMELINE), PICTURES)
    data = path.read_bytes()
    if damage == "a frame less":
        write(path, WebP(SIZE, Timeline(2, 0.35, 30)), PICTURES[:2])
    else:
        path.write_bytes({"cut": data[:-10], "foreign": b"GIF89a" + data, "empty": b""}[damage])
    with pytest.raises(VideoError, match=r"no whole WebP|ffmpeg wrote"):
        WebP(SIZE, TIMELINE).verify(path, [Part(path, FRAMES)])


# --- PNGs, read by Pillow


@pytest.mark.parametrize("name", ["frames", "100% %06d", "it's a-b:c"])
def test_a_folder_has_a_png_a_frame_without_loss(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    write(folder, Pngs(SIZE, TIMELINE), PICTURES)
    files = sorted(folder.iterdir())
    assert [path.name for path in files] == [
        f"frame-{number:06}.png" for number in range(1, TIMELINE.frames + 1)
    ]
    for path, shown in zip(files, SHOWN, strict=True):
        with Image.open(path) as image:
            assert (image.mode, image.format) == ("RGB", "PNG")
            np.testing.assert_array_equal(np.asarray(image), PICTURES[shown])


def test_a_missing_png_is_detected(tmp_path):
    write(tmp_path, Pngs(SIZE, TIMELINE), PICTURES)
    (tmp_path / "frame-000007.png").unlink()
    with pytest.raises(VideoError, match=r"cannot be read back|wrote 6 pictures instead of"):
        Pngs(SIZE, TIMELINE).verify(tmp_path, [])


# --- Y4M, read here


def stream(path):
    with path.open("wb") as file:
        Y4m(SIZE, TIMELINE).write(file, [(FRAMES, map(as_yuv, PICTURES))])
    return path.read_bytes()


def test_a_stream_has_its_header_and_every_frame_to_the_byte(tmp_path):
    header, _, body = stream(tmp_path / "film").partition(b"\n")
    name, *tags = header.decode().split()
    assert name == "YUV4MPEG2"
    assert {"W96", "H64", "F30:1", "Ip", "A1:1", "C420jpeg", "XCOLORRANGE=LIMITED"} <= set(tags)
    length = len(b"FRAME\n") + WIDTH * HEIGHT * 3 // 2
    frames = [body[place : place + length] for place in range(0, len(body), length)]
    assert frames == [b"FRAME\n" + as_yuv(PICTURES[shown]).tobytes() for shown in SHOWN]


def test_another_program_reads_the_stream_as_it_is_meant(tmp_path):
    stream(tmp_path / "film.y4m")
    with av.open(tmp_path / "film.y4m") as opened:
        frames = list(opened.decode(video=0))
    assert len(frames) == TIMELINE.frames
    assert np.abs(levels_at(frames[0], 10, 10) - to_ycbcr(COLOURS[0])).max() <= 1
    assert frames[0].color_range == LIMITED


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_stream_to_a_full_disk_is_an_error_that_says_so():
    with (
        Path("/dev/full").open("wb", buffering=0) as full,
        pytest.raises(OutputError, match="cannot write to stdout: No space left"),
    ):
        Y4m(SIZE, TIMELINE).write(full, [])
