"""A GIF by its blocks, without decoding: how many frames, whether whole, and what is kept.

See the GIF89a specification: header, colour table, then blocks until the trailer.
"""

from dataclasses import dataclass

from app.modules.media.exceptions import MediaUnreadable

_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_GRAPHIC_CONTROL, _PLAIN_TEXT, _APPLICATION = 0xF9, 0x01, 0xFF
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


@dataclass(frozen=True, slots=True)
class GifBlocks:
    """`content` is the file without comments, metadata and whatever follows its end."""

    frames: int
    content: bytes


def read_gif_blocks(content: bytes) -> GifBlocks:
    """Walk through a GIF. Raises MediaUnreadable where it is cut off or damaged."""
    try:
        return _walk(content)
    except IndexError as short:
        raise MediaUnreadable from short


def _walk(content: bytes) -> GifBlocks:
    at = 13 + _table_size(content[10])
    kept, frames = [content[:at]], 0
    while content[at] != _TRAILER:
        block = content[at]
        if block == _IMAGE:
            end = _after_sub_blocks(content, at + 11 + _table_size(content[at + 9]))
            frames += 1
        elif block == _EXTENSION:
            end = _after_sub_blocks(content, at + 2)
        else:
            raise MediaUnreadable
        if block == _IMAGE or _belongs_to_picture(content, at):
            kept.append(content[at:end])
        at = end
    return GifBlocks(frames, b"".join([*kept, bytes([_TRAILER])]))


def _table_size(flags: int) -> int:
    return 3 << ((flags & 0b111) + 1) if flags & 0x80 else 0


def _after_sub_blocks(content: bytes, at: int) -> int:
    while content[at]:
        at += content[at] + 1
    return at + 1


def _belongs_to_picture(content: bytes, at: int) -> bool:
    label = content[at + 1]
    if label == _APPLICATION:
        return content[at + 3 : at + 14] in _LOOPS
    return label in {_GRAPHIC_CONTROL, _PLAIN_TEXT}
