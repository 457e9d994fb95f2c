"""Reads an H.264 stream as far as must be known to copy its pictures, and refuses the rest.

What the names say is in ITU-T H.264: NAL units and the bytes in them that keep start codes from
coming up (7.3.1, 7.4.1.1 and Annex B), the parameter sets (7.3.2.1.1 and 7.3.2.2), and the head of
a slice (7.3.3). Every field that could make a copy more than a copy must have its plain value.
"""

import re
from dataclasses import dataclass

SLICE, IDR, SEI, SPS, PPS = 1, 5, 6, 7, 8  # nal_unit_type, table 7-1
P_SLICES, I_SLICES = (0, 5), (2, 7)  # slice_type, table 7-6
HIGH_PROFILES = (100, 110, 122, 244)  # whose parameter set has the fields of 7.3.2.1.1
START = b"\0\0\0\1"
MOST_FRAME_NUM_BITS = 16


class UnexpectedStreamError(Exception):
    """The encoder's stream is not what this module knows."""


@dataclass(frozen=True)
class Slice:
    """A picture, which is one slice: a NAL unit, and where its frame_num stands."""

    data: bytes
    is_key: bool
    place: int  # of frame_num, in bits from the start of the NAL unit without its extra bytes
    bits: int

    def numbered(self, frame_num: int) -> bytes:
        """Return the NAL unit with another frame_num."""
        plain = _plain(self.data)
        head = (self.place + self.bits + 7) // 8
        shift = 8 * head - self.place - self.bits
        value = int.from_bytes(plain[:head], "big")
        mask = ((1 << self.bits) - 1) << shift
        mended = (value & ~mask | frame_num << shift).to_bytes(head, "big")
        return re.sub(rb"\x00\x00(?=[\x00-\x03])", b"\0\0\3", mended + plain[head:])


@dataclass(frozen=True)
class Slices:
    """The pictures of a stream.

    Attributes
    ----------
    parameters
        Its parameter sets, as they stand before each IDR picture.
    pictures
        In order.
    frame_num_bits, macroblocks
        Bits of a frame_num, and macroblocks of a picture.
    """

    parameters: bytes
    pictures: list[Slice]
    frame_num_bits: int
    macroblocks: int

    @classmethod
    def of(cls, stream: bytes) -> "Slices":
        """Read a stream."""
        first, *units = re.split(rb"\x00{2,}\x01", stream)
        expect("bytes before the first NAL unit", first, b"")
        units = [unit for unit in units if _type(unit) != SEI]  # which says nothing of pictures
        sets = {kind: {unit for unit in units if _type(unit) == kind} for kind in (SPS, PPS)}
        expect("parameter sets", [len(units) for units in sets.values()], [1, 1])
        (sequence,), (picture,) = sets.values()
        bits, macroblocks = _read_sequence(_Bits(sequence))
        _read_picture(_Bits(picture))
        others = [unit for unit in units if unit not in (sequence, picture)]
        slices = [_read_slice(unit, bits) for unit in others]
        if len(slices) < 3:
            raise UnexpectedStreamError(f"expected pictures, got {len(slices)}")
        return cls(START + sequence + START + picture, slices, bits, macroblocks)


def _read_sequence(bits: "_Bits") -> tuple[int, int]:
    """Read a sequence parameter set; return the bits of a frame_num, and the macroblocks."""
    profile = bits.u(8)
    bits.u(16)  # constraints and level
    bits.ue()  # seq_parameter_set_id
    if profile in HIGH_PROFILES:
        if bits.ue() == 3:  # chroma_format_idc
            expect("separate_colour_plane_flag", bits.u(1), 0)
        bits.ue()  # bit depths of luma and chroma
        bits.ue()
        bits.u(1)  # qpprime_y_zero_transform_bypass_flag
        expect("seq_scaling_matrix_present_flag", bits.u(1), 0)
    frame_num_bits = bits.ue() + 4
    if frame_num_bits > MOST_FRAME_NUM_BITS:
        raise UnexpectedStreamError(f"a frame_num of {frame_num_bits} bits")
    expect("pic_order_cnt_type", bits.ue(), 2)
    expect("max_num_ref_frames", bits.ue(), 1)
    expect("gaps_in_frame_num_value_allowed_flag", bits.u(1), 0)
    macroblocks = (bits.ue() + 1) * (bits.ue() + 1)
    expect("frame_mbs_only_flag", bits.u(1), 1)
    return frame_num_bits, macroblocks


def _read_picture(bits: "_Bits") -> None:
    """Read a picture parameter set: a skipped macroblock must be a plain copy."""
    bits.ue()  # pic_parameter_set_id
    bits.ue()  # seq_parameter_set_id
    bits.u(2)  # entropy_coding_mode_flag, bottom_field_pic_order_in_frame_present_flag
    expect("num_slice_groups_minus1", bits.ue(), 0)
    expect("num_ref_idx_l0_default_active_minus1", bits.ue(), 0)
    bits.ue()
    expect("weighted_pred_flag", bits.u(1), 0)


def _read_slice(unit: bytes, frame_num_bits: int) -> Slice:
    kind, bits = _type(unit), _Bits(unit)
    if kind not in (SLICE, IDR) or not unit[0] & 0x60 or unit.endswith(b"\0"):
        raise UnexpectedStreamError(f"a NAL unit of type {kind}, or no reference picture")
    expect("first_mb_in_slice", bits.ue(), 0)
    slice_type = bits.ue()
    if slice_type not in (I_SLICES if kind == IDR else P_SLICES):
        raise UnexpectedStreamError(f"a slice of type {slice_type} in a NAL unit of type {kind}")
    bits.ue()  # pic_parameter_set_id
    place = bits.place
    bits.u(frame_num_bits)
    return Slice(unit, kind == IDR, place, frame_num_bits)


class _Bits:
    """Reads the fields of a NAL unit, after its first byte (7.2 and 9.1)."""

    def __init__(self, unit: bytes) -> None:
        plain = _plain(unit[:64])
        self._text = "".join(f"{byte:08b}" for byte in plain)
        self.place = 8

    def u(self, bits: int) -> int:
        """Read an unsigned number of so many bits."""
        self.place += bits
        if self.place > len(self._text):
            raise UnexpectedStreamError("a NAL unit ends in its header")
        return int(self._text[self.place - bits : self.place], 2)

    def ue(self) -> int:
        """Read an unsigned number in the Exp-Golomb code."""
        one = self._text.find("1", self.place)
        if one < 0:
            raise UnexpectedStreamError("a NAL unit ends in its header")
        zeros = one - self.place
        self.place = one
        return self.u(zeros + 1) - 1


def _type(unit: bytes) -> int:
    """Return a NAL unit's type; its first bit must be 0."""
    if not unit or unit[0] & 0x80:
        raise UnexpectedStreamError("an empty or damaged NAL unit")
    return unit[0] & 0x1F


def _plain(unit: bytes) -> bytes:
    """Return a NAL unit without the bytes that keep start codes from coming up in it."""
    return unit.replace(b"\0\0\3", b"\0\0")


def expect(what: str, got: object, expected: object) -> None:
    """Refuse what is not as expected."""
    if got != expected:
        raise UnexpectedStreamError(f"expected {what} {expected}, got {got}")
