"""Files that mean harm, by name, each with the code of its refusal.

`python -m tests.unit.media.hostile` shows them to the product and prints, as JSON, how each was
answered and should be, how long that took in seconds of the processor (others work on the same
machine), and the peak of memory in bytes.
"""

import json
import struct
import sys
import zipfile
import zlib
from io import BytesIO
from time import process_time

from PIL import Image

from app.kit.errors import AppError
from app.modules.media.services.renditions import render_file
from devtools.testing.peak_memory import peak_bytes
from tests.factories.pictures import a_document, a_moving_picture, a_photo, a_picture, encoded

Corpus = dict[str, tuple[str, bytes, str]]


def corpus() -> Corpus:
    """Every file: what it is, its name, its bytes and how it must be answered."""
    return {**_bombs(), **_doubles(), **_broken(), **_named(), **_foreign()}


def _bombs() -> Corpus:
    code = "media_too_many_pixels"
    return {
        "PNG of 30,000 × 30,000 px": ("a.png", _png(30_000, 30_000), code),
        "PNG of 2³¹ px on a side": ("a.png", _png(2**31 - 1, 2**31 - 1), code),
        "GIF of 65,535 × 65,535 px": ("a.gif", _gif(65_535, 65_535), code),
        "JPEG of 65,000 × 65,000 px": ("a.jpg", _jpeg(65_000, 65_000), code),
        "WebP of 16,383 × 16,383 px": ("a.webp", _webp(16_383, 16_383), code),
        "lossless WebP of 16,383 × 16,383 px": ("a.webp", _webp_lossless(16_383, 16_383), code),
        "AVIF of 9,000 × 9,000 px": ("a.avif", _avif(9_000, 9_000), code),
        "AVIF of 30,000 × 30,000 px": ("a.avif", _avif(30_000, 30_000), "media_unreadable"),
        "PNG whose text unpacks to 200 MB": ("a.png", _png_text(), "media_unreadable"),
        "moving WebP": ("a.webp", a_moving_picture("WEBP"), "media_moves_unsupported"),
        "moving PNG": ("a.png", a_moving_picture("PNG"), "media_moves_unsupported"),
        "GIF of 100,000 frames": ("a.gif", _gif_frames(100_000), "media_moves_unsupported"),
    }


def _doubles() -> Corpus:
    page = b"<html><script>alert(document.domain)</script></html>"
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("run.class", "x")
    moving = a_moving_picture()
    both = {
        "JPEG and page": ("a.jpg", a_photo(60, 40) + page),
        "JPEG with a page as comment": ("a.jpg", a_photo(60, 40, comment=page)),
        "PNG and archive": ("a.png", a_picture() + archive.getvalue()),
        "GIF and script": ("a.gif", moving[:-1] + b"\x21\xfe\x09<script >\x00\x3b"),
        "PDF and archive": ("a.pdf", a_document() + archive.getvalue()),
        "PDF and page": ("a.pdf", a_document() + page + b"%%EOF"),
        "PNG and PHP": ("a.png", a_picture() + b"<?php system($_GET['c']); ?>"),
        "WebP and SVG": ("a.webp", a_picture(encoding="WEBP") + b"<svg onload=alert(1)>"),
    }
    return {what: (name, content, "media_hides_other") for what, (name, content) in both.items()}


def _broken() -> Corpus:
    photo, moving = a_photo(4000, 3000), a_moving_picture()
    cut = {
        "JPEG cut in the middle": ("a.jpg", photo[: len(photo) // 2]),
        "JPEG of three bytes": ("a.jpg", photo[:3]),
        "PNG cut at its end": ("a.png", a_picture()[:-25]),
        "PNG without pixels": ("a.png", _png(10, 10)),
        "PNG with a wrong checksum": ("a.png", a_picture()[:20] + b"\xff" + a_picture()[21:]),
        "GIF without its end": ("a.gif", moving[:-1]),
        "GIF cut in the middle": ("a.gif", moving[: len(moving) // 2]),
        "GIF of its head alone": ("a.gif", moving[:9]),
        "GIF with an unknown block": ("a.gif", moving[:-1] + b"\x07\x3b"),
        "WebP cut in the middle": ("a.webp", a_picture(200, 200, encoding="WEBP")[:60]),
        "WebP of its head alone": ("a.webp", a_picture(encoding="WEBP")[:16]),
        "WebP of an unknown kind": ("a.webp", b"RIFF\x20\0\0\0WEBPJUNK" + bytes(40)),
        "AVIF cut in the middle": ("a.avif", a_picture(200, 200, encoding="AVIF")[:200]),
        "PDF without its end": ("a.pdf", a_document()[:-6]),
    }
    return {what: (name, content, "media_unreadable") for what, (name, content) in cut.items()}


def _named() -> Corpus:
    odd = ["../../etc/passwd.png", "..\\..\\x.png", ".htaccess.png", "a\0.png", "a\n.png",
           "", "/etc/x.png", "x" * 300 + ".png", "a\x1b[2J.png"]  # fmt: skip
    wrong = {
        "PNG called .jpg": "a.jpg",
        "PNG without an ending": "png",
        "PNG called .php": "a.png.php",
    }
    return {
        **{f"named {one[:30]!r}": (one, a_picture(), "media_name_invalid") for one in odd},
        **{what: (name, a_picture(), "media_type_mismatch") for what, name in wrong.items()},
    }


def _foreign() -> Corpus:
    image = Image.new("RGB", (40, 40))
    others = {
        "SVG with script": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        "SVG called .png": ("a.png", b"<svg onload='alert(1)'/>"),
        "page called .jpg": ("a.jpg", b"<!doctype html><script>alert(1)</script>"),
        "PostScript called .pdf": ("a.pdf", b"%!PS-Adobe-3.0 EPSF-3.0\n%PDF-1.4\n%%EOF"),
        "TIFF": ("a.tiff", encoded(image, "TIFF")),
        "bitmap called .png": ("a.png", encoded(image, "BMP")),
        "icon": ("a.ico", encoded(image, "ICO")),
        "program": ("a.png", b"MZ" + bytes(200)),
        "nothing": ("a.png", b""),
        "ten megabytes of zeros": ("a.png", bytes(10_000_000)),
    }
    return {
        what: (name, content, "media_type_unsupported") for what, (name, content) in others.items()
    }


def _png(width: int, height: int, *further: bytes) -> bytes:
    """A head that promises pixels which never come."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join([b"\x89PNG\r\n\x1a\n", _chunk(b"IHDR", head), *further, _chunk(b"IEND", b"")])


def _png_text() -> bytes:
    packed = zlib.compressobj(9)
    text = b"".join(packed.compress(bytes(10**7)) for _ in range(20)) + packed.flush()
    pixels = _chunk(b"IDAT", zlib.compress(bytes(31 * 10)))
    return _png(10, 10, _chunk(b"zTXt", b"Comment\0\0" + text), pixels)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _gif(width: int, height: int) -> bytes:
    small = bytearray(a_picture(2, 2, encoding="GIF"))
    small[6:10] = struct.pack("<HH", width, height)
    return bytes(small)


def _gif_frames(count: int) -> bytes:
    one = a_picture(1, 1, encoding="GIF")
    at = 13 + (3 << ((one[10] & 7) + 1))
    return one[:at] + one[at:-1] * count + b"\x3b"


def _jpeg(width: int, height: int) -> bytes:
    small = bytearray(a_photo(16, 16))
    frame = small.index(b"\xff\xc0")
    small[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(small)


def _webp(width: int, height: int) -> bytes:
    small = bytearray(a_picture(16, 16, encoding="WEBP"))
    at = small.index(b"\x9d\x01\x2a") + 3
    small[at : at + 4] = struct.pack("<HH", width, height)
    return bytes(small)


def _webp_lossless(width: int, height: int) -> bytes:
    small = bytearray(encoded(Image.new("RGB", (16, 16)), "WEBP", lossless=True))
    at = small.index(b"VP8L") + 9
    small[at : at + 4] = struct.pack("<I", (width - 1) | (height - 1) << 14)
    return bytes(small)


def _avif(width: int, height: int) -> bytes:
    small = bytearray(a_picture(16, 16, encoding="AVIF"))
    at = small.index(b"ispe") + 8
    small[at : at + 8] = struct.pack(">II", width, height)
    return bytes(small)


def _answer(name: str, content: bytes) -> str:
    try:
        render_file(content, name=name)
    except AppError as refused:
        return refused.code
    return "taken"


def main() -> None:
    """Look at every file, one after the other."""
    files = corpus()
    answers = {}
    for what, (name, content, wanted) in files.items():
        began = process_time()
        answers[what] = (_answer(name, content), wanted, process_time() - began)
    json.dump({"answers": answers, "peak": peak_bytes()}, sys.stdout)


if __name__ == "__main__":
    main()
