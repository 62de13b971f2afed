"""The size of a WebP picture from its header: its decoder takes memory for it when opened."""

from dataclasses import dataclass

from app.modules.media.exceptions import MediaUnreadable


@dataclass(frozen=True, slots=True)
class WebpHeader:
    """What the first chunk says; see "WebP Container Specification", RFC 9649."""

    width: int
    height: int
    moves: bool


def read_webp_header(content: bytes) -> WebpHeader:
    """Read the first chunk. Raises MediaUnreadable, also where the end of the file is missing."""
    first = content[12:16]
    body = content[20:30]
    if len(body) < 10 or _number(content[4:8]) + 8 > len(content):
        raise MediaUnreadable
    if first == b"VP8X":
        width, height = _number(body[4:7]) + 1, _number(body[7:10]) + 1
        return WebpHeader(width, height, moves=bool(body[0] & 0b10))
    if first == b"VP8L":
        bits = _number(body[1:5])
        return WebpHeader((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, moves=False)
    if first == b"VP8 ":
        return WebpHeader(_number(body[6:8]) & 0x3FFF, _number(body[8:10]) & 0x3FFF, moves=False)
    raise MediaUnreadable


def _number(part: bytes) -> int:
    return int.from_bytes(part, "little")
