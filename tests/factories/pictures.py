"""Pictures and other files, as bytes; the same arguments make the same bytes."""

from io import BytesIO
from typing import Any

from PIL import Image

RED = (200, 30, 30)
BLUE = (30, 30, 200)


def encoded(image: Image.Image, encoding: str, **options: Any) -> bytes:
    """Return an image as a file."""
    written = BytesIO()
    image.save(written, encoding, **options)
    return written.getvalue()


def a_picture(
    width: int = 60,
    height: int = 40,
    *,
    encoding: str = "PNG",
    colour: Any = RED,
    mode: str = "RGB",
) -> bytes:
    """Return a picture of one colour."""
    return encoded(Image.new(mode, (width, height), colour), encoding)


def a_photo(width: int, height: int, **options: Any) -> bytes:
    """Return a JPEG whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return encoded(image, "JPEG", quality=90, **options)


def a_moving_picture(encoding: str = "GIF", *, frames: int = 3, **options: Any) -> bytes:
    """Return a picture that moves."""
    several = [Image.new("RGB", (300, 200), (80 * number % 256, 9, 9)) for number in range(frames)]
    return encoded(several[0], encoding, save_all=True, append_images=several[1:], **options)


def a_document() -> bytes:
    """Return what passes for a PDF."""
    return b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


def opened(content: bytes) -> Image.Image:
    """Decode a file."""
    image = Image.open(BytesIO(content))
    image.load()
    return image
