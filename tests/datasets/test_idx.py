"""What read_idx reads, what it refuses with which message, and how much memory it takes."""

import gzip
import os
import struct
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from idx_files import TYPES, idx_bytes, idx_header, write_idx
from mnistviz.datasets.sources.idx import MAX_BYTES, read_idx
from mnistviz.errors import DataError
from refusing import measured

SMALL = np.arange(6, dtype=np.int16).reshape(2, 3)

arrays = hnp.arrays(
    dtype=st.sampled_from(sorted(TYPES)),
    shape=hnp.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=4),
)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """A file for the examples of a property, each of which overwrites it."""
    return tmp_path_factory.mktemp("idx") / "scratch"


@pytest.fixture
def refused(tmp_path):
    """Return a function that reads a file of some bytes and returns the error's one line."""

    def read(content):
        path = tmp_path / "some-file"
        path.write_bytes(content)
        with pytest.raises(DataError) as caught:
            read_idx(path)
        message = str(caught.value)
        assert message.startswith(f"IDX file {path}: ")
        assert "\n" not in message
        return message

    return read


@given(array=arrays, gzipped=st.booleans())
def test_every_type_and_shape_comes_back_as_it_was_written(scratch, array, gzipped):
    got = read_idx(write_idx(scratch, array, gzipped=gzipped))
    assert got.shape == array.shape
    assert got.dtype == array.dtype
    assert got.dtype.isnative
    assert got.flags.c_contiguous
    assert got.flags.aligned
    np.testing.assert_array_equal(got, array)


def test_the_bytes_of_a_known_file_are_read_big_endian(tmp_path):
    path = tmp_path / "known"
    path.write_bytes(bytes.fromhex("00000b02 00000002 00000001 0102 fffe"))
    assert read_idx(path).tolist() == [[258], [-2]]


def test_sixty_four_dimensions_are_read_as_far_as_numpy_allows(tmp_path, refused):
    most = 32 if np.__version__.startswith("1.") else 64
    path = write_idx(tmp_path / "deep", np.full((1,) * most, 7, np.uint8))
    assert read_idx(path).shape == (1,) * most
    message = refused(idx_header(8, (1,) * (most + 1)) + b"\x07")
    assert "cannot be read: maximum supported dimension for an ndarray is " in message
    assert f"{most}, found {most + 1}" in message


def test_gzip_is_recognised_by_the_first_bytes_and_not_by_the_suffix(tmp_path):
    plain = write_idx(tmp_path / "plain.gz", SMALL)
    gzipped = write_idx(tmp_path / "gzipped", SMALL, gzipped=True)
    assert read_idx(plain).tolist() == read_idx(gzipped).tolist() == SMALL.tolist()


def test_a_large_file_is_read_whole_wherever_its_gzip_members_end(tmp_path):
    values = np.random.default_rng(0).integers(0, 256, 1_500_000, dtype=np.uint8)
    content = idx_bytes(values)
    parts = (content[:7], b"", content[7:400_000], content[400_000:900_000], content[900_000:])
    path = tmp_path / "large"
    for whole in (content, b"".join(gzip.compress(part, compresslevel=1) for part in parts)):
        path.write_bytes(whole)
        np.testing.assert_array_equal(read_idx(path), values)


@pytest.mark.parametrize("name", ["nowhere", "a\0b", "x" * 5000])
def test_a_file_that_is_not_there_is_refused(tmp_path, name):
    with pytest.raises(DataError, match=r"^IDX file .*: cannot be read: .+"):
        read_idx(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX's")
def test_a_folder_and_a_pipe_are_refused_without_waiting_for_a_writer(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(
            DataError, match=f"{path}: cannot be read: expected a file, got a folder, a p"
        ):
            read_idx(path)


@pytest.mark.skipif(not os.access("/proc/self/mem", os.R_OK), reason="needs Linux's /proc")
def test_an_error_while_reading_is_reported(tmp_path):
    # A regular file by its mode, and reading its first byte is an input/output error.
    link = tmp_path / "broken-disk"
    link.symlink_to("/proc/self/mem")
    with pytest.raises(DataError, match="broken-disk: cannot be read: Input/output error"):
        read_idx(link)


GZIPPED = gzip.compress(idx_bytes(SMALL), mtime=0)  # the same at all times
HEADER = idx_header(8, (2, 3, 4))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty: expected at least 4 bytes, got 0"),
        (gzip.compress(b"", mtime=0), "is empty: expected at least 4 bytes, got 0"),
        (HEADER[:3], "too short for its header: expected at least 4 bytes, got 3"),
        (HEADER[:15], "too short for its header: expected at least 16 bytes, got 15"),
        (b"\x93NUMPY\x01\x00", "expected to start with the bytes 00 00, got 93 4e."),
        (b"\x00\x01\x08\x01", "expected to start with the bytes 00 00, got 00 01."),
        (b"<!DOCTYPE html><title>404</title>", "got 3c 21; it looks like a web page (HTML)"),
        (b"\n <html>Not found</html>", "it looks like a web page (HTML)"),
        (b"PK\x03\x04\x14\x00", "it looks like a zip archive; unpack it first"),
        (gzip.compress(GZIPPED, mtime=0), "it looks like a file that was gzipped twice"),
        (idx_header(0, (1,)), "a type of values among 08, 09, 0b, 0c, 0d, 0e, got 00"),
        (idx_header(0x0A, (1,)), "a type of values among 08, 09, 0b, 0c, 0d, 0e, got 0a"),
    ],
)
def test_what_does_not_begin_as_an_idx_file_is_refused(refused, content, message):
    assert message in refused(content)


@pytest.mark.parametrize("wrap", [bytes, gzip.compress])
def test_a_file_that_is_too_short_or_too_long_is_refused(refused, wrap):
    content = idx_bytes(SMALL)
    assert "is truncated: expected 12 bytes of data, got 11" in refused(wrap(content[:-1]))
    assert "is too long: expected 12 bytes of data, got more" in refused(wrap(content + bytes(5)))
    content = idx_header(8, (0, 28, 28)) + b"\x00"
    assert "is too long: expected 0 bytes of data, got more" in refused(wrap(content))


TAILS = [b"\x00", bytes(512), b"garbage", b"\x1f", b"\x1f\x8bxxx"]


def test_a_gzip_stream_that_is_damaged_or_breaks_off_anywhere_is_refused(refused):
    broken = [GZIPPED[:length] for length in range(2, len(GZIPPED))]
    wrong_checksum = GZIPPED[:-8] + bytes(8)
    for content in (*broken, *(GZIPPED + tail for tail in TAILS), wrong_checksum):
        assert "expected a whole gzip stream, got a damaged one: " in refused(content)


def wrapped(draw, plain):
    """Return the bytes of a file that holds `plain`: bare, or gzipped in one of many ways."""
    cut = draw(st.integers(0, len(plain)))
    twice = gzip.compress(gzip.compress(plain))
    parts = gzip.compress(plain[:cut]) + gzip.compress(plain[cut:])
    tail = draw(st.sampled_from([*TAILS, b"\x1f\x8b", b"\x1f\x8b\x08"]))
    return draw(st.sampled_from([plain, gzip.compress(plain), parts, twice, parts + tail]))


def damaged(draw, content):
    """Flip bytes, cut off the end, or append to it; or change nothing."""
    content = bytearray(content)
    for place in draw(st.lists(st.integers(0, len(content) - 1), max_size=3)):
        content[place] ^= draw(st.integers(1, 255))
    end = draw(st.integers(0, len(content)) | st.just(len(content)))
    more = draw(st.just(b"") | st.binary(max_size=4))
    return bytes(content[:end]) + more


def misdeclared(draw, array):
    """Return an array as IDX whose header may be wrong, or which much too many zeros follow."""
    plain = idx_bytes(array)
    header_bytes = 4 + 4 * array.ndim
    sizes = st.lists(st.integers(0, 5) | st.integers(0, 2**32 - 1), max_size=4)
    if draw(st.booleans()):
        code = draw(st.sampled_from([code for code, _ in TYPES.values()] + [0, 7, 255]))
        return idx_header(code, draw(sizes)) + plain[header_bytes:]
    return plain + bytes(draw(st.sampled_from([0, 0, 0, 1, 2**21])))


def rewritten(array):
    # Not by struct: on its way through a Python float, a signalling NaN becomes a quiet one.
    swapped = array.astype(array.dtype.newbyteorder(">"))
    return idx_header(TYPES[array.dtype.name][0], array.shape) + swapped.tobytes()


@settings(max_examples=150)
@given(array=arrays, data=st.data())
def test_any_bytes_give_the_array_that_they_say_or_an_error_and_take_little_memory(
    scratch, array, data
):
    content = damaged(data.draw, wrapped(data.draw, misdeclared(data.draw, array)))
    scratch.write_bytes(content)

    def array_or_error():
        try:
            return read_idx(scratch)
        except DataError as error:
            return str(error)

    got, peak = measured(array_or_error)
    if isinstance(got, str):
        assert got.startswith(f"IDX file {scratch}: ")
        assert "\n" not in got
        assert peak < len(content) + 2**20
    else:
        plain = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        assert rewritten(got) == plain
        assert peak < len(content) + got.nbytes + 2**20


TOO_LARGE = [
    (2**30, 2**30),
    (MAX_BYTES + 1,),
    (0, 2**32 - 1, 2**32 - 1),
    (2**32 - 1, 0, 2**32 - 1, 2**32 - 1),
    (2**32 - 1,) * 32,
]


@pytest.mark.parametrize("sizes", TOO_LARGE)
@pytest.mark.parametrize("wrap", [bytes, gzip.compress])
def test_a_header_that_promises_too_much_is_refused_in_little_memory(refused, sizes, wrap):
    message, peak = measured(lambda: refused(wrap(idx_header(8, sizes) + bytes(100))))
    assert f"expected at most {MAX_BYTES} bytes of data, its header promises more" in message
    assert peak < 2**21


def test_the_limit_counts_bytes_and_below_it_no_memory_is_taken_for_absent_data(refused):
    assert "expected at most" in refused(idx_header(0x0E, (MAX_BYTES // 8 + 1,)))
    most = gzip.compress(idx_header(0x0E, (MAX_BYTES // 8,)))
    message, peak = measured(lambda: refused(most))
    assert f"is truncated: expected {MAX_BYTES} bytes of data, got 0" in message
    assert peak < 2**21


@pytest.mark.parametrize("promised", [2**23, 2**25])
def test_a_bare_file_of_the_wrong_length_is_refused_before_it_is_read(tmp_path, promised):
    path = tmp_path / "bare"
    header = idx_header(8, (promised,))
    with path.open("wb") as file:
        file.write(header)
        file.truncate(len(header) + 2**24)

    def read():
        with pytest.raises(DataError, match=f"expected {promised} bytes of data, got "):
            read_idx(path)

    assert measured(read)[1] < 2**21


def test_a_gzip_file_of_very_many_empty_members_costs_no_memory(tmp_path):
    path = tmp_path / "members"
    path.write_bytes(30_000 * gzip.compress(b"", mtime=0) + gzip.compress(idx_bytes(SMALL)))
    array, peak = measured(lambda: read_idx(path))
    assert array.tolist() == SMALL.tolist()
    assert peak < 2**19


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's limits and /proc")
def test_an_array_for_which_there_is_no_memory_is_refused(tmp_path):
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.write(idx_header(8, (2**29,)))
        file.truncate(2**29 + 8)
    program = (
        "import resource, sys\nfrom pathlib import Path\n"
        "from mnistviz.errors import DataError\n"
        "from mnistviz.datasets.sources.idx import read_idx\n"
        "taken = int(Path('/proc/self/statm').read_text().split()[0]) * resource.getpagesize()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (taken + 2**28, resource.RLIM_INFINITY))\n"
        "try:\n    read_idx(Path(sys.argv[1]))\nexcept DataError as error:\n    print(error)"
    )
    result = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True)
    problem = "expected data that fit into memory, got more than is free"
    assert result.stdout == f"IDX file {path}: {problem}.\n", result.stderr


@pytest.mark.parametrize("gzipped", [False, True])
@pytest.mark.parametrize("dtype", ["uint8", "float64"])
def test_reading_takes_little_more_memory_than_the_array(tmp_path, dtype, gzipped):
    code, letter = TYPES[dtype]
    count = 2**23 // struct.calcsize(letter)
    content = idx_header(code, (count,)) + bytes(2**23)
    path = tmp_path / "eight-mebibytes"
    path.write_bytes(gzip.compress(content, compresslevel=1) if gzipped else content)
    array, peak = measured(lambda: read_idx(path))
    assert array.size == count
    assert peak < 1.5 * 2**23
