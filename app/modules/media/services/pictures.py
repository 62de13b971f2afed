"""Opening pictures without being fooled: size before decoding, then upright, in sRGB, bare."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from app.kit.errors import AppError
from app.modules.media.exceptions import (
    MediaMovesUnsupported,
    MediaTooManyPixels,
    MediaUnreadable,
)
from app.modules.media.services.file_kinds import FileKind
from app.modules.media.services.webp_header import read_webp_header

MAX_PIXELS = 40_000_000
MAX_FRAMES = 500
_SRGB = ImageCms.createProfile("sRGB")


def read_picture(content: bytes, kind: FileKind, *, at_most: int) -> Image.Image:
    """Return the first frame of a picture, decoded once: RGB or RGBA, `at_most` px on a side.

    A JPEG is decoded at half, a quarter or an eighth where that is enough, which costs a fraction.
    Raises MediaTooManyPixels, MediaMovesUnsupported (but for a GIF), MediaUnreadable.
    """
    with _decoder_trusted_in_nothing():
        if kind is FileKind.WEBP:
            header = read_webp_header(content)
            _refuse_too_many(header.width, header.height)
            _refuse_moving(header.moves)
        with Image.open(BytesIO(content), formats=[kind]) as opened:
            _refuse_too_many(*opened.size)
            _refuse_moving(kind in {FileKind.PNG, FileKind.AVIF} and _frames(opened) > 1)
            opened.draft("RGB", _within(opened.size, at_most))
            opened.load()
            upright = ImageOps.exif_transpose(_fitted(_plain(opened), at_most))
            picture = _in_srgb(upright, opened.info.get("icc_profile"))
    picture.info.clear()  # where was it taken, by whom, with what: nobody's business
    return picture


@contextmanager
def _decoder_trusted_in_nothing() -> Iterator[None]:
    try:
        yield
    except AppError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise MediaTooManyPixels(megapixels=MAX_PIXELS // 1_000_000) from bomb
    except Exception as broken:  # decoders raise whatever comes to their minds
        raise MediaUnreadable from broken


def _refuse_too_many(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise MediaTooManyPixels(megapixels=MAX_PIXELS // 1_000_000)


def _refuse_moving(moves: bool) -> None:
    if moves:
        raise MediaMovesUnsupported(frames=MAX_FRAMES)


def _frames(image: Image.Image) -> int:
    return getattr(image, "n_frames", 1)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as a browser shows them without a profile (D36)."""
    shown = image if image.mode == "RGBA" else image.convert("RGB")
    if not profile:
        return shown
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return shown
        converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode=shown.mode)
    except (ImageCms.PyCMSError, OSError):  # damaged, or of another colour space than the picture's
        return shown
    return converted or shown


def _plain(image: Image.Image) -> Image.Image:
    """RGB, RGBA, or CMYK for its profile: palettes, greys and 16 bits a channel are resolved."""
    if image.mode in {"RGB", "RGBA", "CMYK"}:
        return image
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode.startswith("I"):  # 16 bits of grey; `convert` would clip them
        return image.point(lambda value: value / 256).convert("L").convert("RGB")
    return image.convert("RGB")


def _within(size: tuple[int, int], at_most: int) -> tuple[int, int]:
    """The size of a picture that fits; a draft is never smaller than what it is asked for."""
    scale = min(1.0, at_most / max(size))
    return max(1, int(size[0] * scale)), max(1, int(size[1] * scale))


def _fitted(image: Image.Image, at_most: int) -> Image.Image:
    """A copy, not larger than `at_most`."""
    fitted = image.copy()
    fitted.thumbnail((at_most, at_most), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return fitted
