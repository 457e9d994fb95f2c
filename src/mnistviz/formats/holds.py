"""Holds pictures in H.264 without an encoder: a held frame is a copy that takes 60 bytes.

A P slice in which every macroblock is skipped is an exact copy of its reference, the picture
before: it moves by nothing and adds nothing (ITU-T H.264, 7.4.5 and 8.4.1.1; the deblocking filter
leaves it alone, 8.7.2.1). So each picture is encoded once, and its other frames are one such slice,
copied. That slice comes from the encoder itself: of two pictures of flat grey the second is it,
since nothing is left to add to the first.

The slices are copied as they are but for frame_num, which counts reference pictures from the last
IDR picture on (7.4.3) and stands behind first_mb_in_slice, slice_type and pic_parameter_set_id
(7.3.3), with as many bits as the sequence parameter set says (7.3.2.1.1). There is no picture order
count to mend, where pic_order_cnt_type is 2: pictures are shown in decoding order (8.2.1.3). NAL
units stand between start codes (Annex B), with bytes that keep these from coming up inside of them
(7.4.1.1).

All that this needs is checked, and what is not known is refused.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from mnistviz.formats.h264 import START, Slice, Slices, UnexpectedStreamError, expect

GREYS = 3  # pictures of flat grey, after those of the film
MOST_SKIP_BYTES = 64  # of a copy, and one for so many macroblocks: it takes half as many


def key_pictures(frames: Sequence[int], most: int) -> list[int]:
    """Return which pictures must be key frames, in which a player can begin.

    Parameters
    ----------
    frames
        For how many frames each picture is on.
    most
        Frames from one key frame to the next, at least 2. A picture that is held for longer is a
        key frame, which `with_holds` repeats.

    Returns
    -------
    list of int
        Their places, in order: the first always. What follows a segment begins with a key frame,
        so its own last frame is none, even if the next is then one frame later: two IDR pictures
        one after the other would need other numbers.
    """
    keys, last, total = [0], _last_key(0, frames[0], sum(frames), most), sum(frames)
    for place, end in enumerate(accumulate(frames)):
        start = end - frames[place]
        if place and end > last + most and start < total - 1:
            keys.append(place)
            last = _last_key(start, end, total, most)
    return keys


def _last_key(start: int, end: int, total: int, most: int) -> int:
    """Return the last key frame of a key picture that is on from `start` to `end`."""
    return start + (min(end, total - 1) - 1 - start) // most * most if end > start + 1 else start


def with_holds(stream: bytes, frames: Sequence[int], most: int) -> bytes:
    """Return a stream in which each picture is on for its frames.

    Parameters
    ----------
    stream
        H.264 as in Annex B: the pictures, those of `key_pictures` IDR pictures, and then three of
        flat grey, of which the first is one too. The others are copies of it, and alike: so neither
        is damaged.
    frames, most
        As of `key_pictures`.

    Raises
    ------
    UnexpectedStreamError
        If the stream is not as expected.
    """
    slices = Slices.of(stream)
    expect("pictures", len(slices.pictures), len(frames) + GREYS)
    found = [place for place, picture in enumerate(slices.pictures) if picture.is_key]
    expect("key pictures", found, [*key_pictures(frames, most), len(frames)])
    *pictures, _, skip, again = slices.pictures
    # In the last byte, after the end of the slice, x264 leaves a bit that goes with the picture's
    # number (x264_cabac_encode_flush), and that no decoder reads.
    one, other = (int.from_bytes(copy.numbered(0), "big") for copy in (skip, again))
    if one >> 8 != other >> 8 or (one ^ other).bit_count() > 1:
        raise UnexpectedStreamError("two copies of a picture differ")
    if len(skip.data) > MOST_SKIP_BYTES + slices.macroblocks // MOST_SKIP_BYTES:
        raise UnexpectedStreamError(f"a copy takes {len(skip.data)} bytes")
    return b"".join(_held(slices, pictures, skip, frames, most))


def _held(
    slices: Slices,
    pictures: Sequence[Slice],
    skip: Slice,
    frames: Sequence[int],
    most: int,
) -> Iterator[bytes]:
    total, frame, number = sum(frames), 0, 0
    cycle = 1 << slices.frame_num_bits
    copies = [START + skip.numbered(value) for value in range(cycle)]
    last = 0  # key frame
    for picture, count in zip(pictures, frames, strict=True):
        for again in range(count):
            if picture.is_key and (not again or (frame - last == most and frame < total - 1)):
                number, last = 0, frame
                yield slices.parameters + START + picture.data
            elif again:
                yield copies[number]
            else:
                yield START + picture.numbered(number)
            number = (number + 1) % cycle
            frame += 1
