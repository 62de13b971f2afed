"""What is kept of a file: upright, in sRGB, bare, small, and never more than it was (D36)."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from app.kit.errors import AppError
from app.modules.media.models import MediaKind, Variant
from app.modules.media.services import renditions
from app.modules.media.services.pictures import MAX_FRAMES
from app.modules.media.services.renditions import Renditions, render_file
from tests.factories.pictures import (
    BLUE,
    RED,
    a_document,
    a_moving_picture,
    a_photo,
    a_picture,
    encoded,
    opened,
)

ORIENTATION = 0x0112


def rendered(content: bytes, name: str) -> Renditions:
    """Render, and find every object decodable and as large as it says."""
    found = render_file(content, name=name)
    for one in found.objects:
        if one.extension != "pdf":
            assert opened(one.content).size == (one.width, one.height)
    return found


def sizes(found: Renditions) -> list[tuple[int | None, int | None]]:
    """Width and height of each object, the whole picture first."""
    return [(one.width, one.height) for one in found.objects]


def pixel(content: bytes, x: float, y: float) -> tuple[int, ...]:
    """The colour at a place, given in parts of the whole."""
    image = opened(content)
    found = image.getpixel((int(image.width * x), int(image.height * y)))
    assert isinstance(found, tuple)
    return found


def near(found: tuple[int, ...], wanted: tuple[int, ...], *, within: int = 14) -> bool:
    """Whether two colours look the same."""
    return all(abs(a - b) <= within for a, b in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    ("width", "height", "wanted"),
    [
        (4000, 3000, [(2000, 1500), (800, 600), (200, 150)]),
        (3000, 4000, [(1500, 2000), (600, 800), (150, 200)]),
        (2000, 500, [(2000, 500), (800, 200), (200, 50)]),
        (804, 12, [(804, 12), (800, 12), (200, 3)]),
        (800, 600, [(800, 600), (200, 150)]),
        (200, 200, [(200, 200)]),
        (1, 1, [(1, 1)]),
    ],
)
def test_it_keeps_the_shape_and_never_enlarges(
    width: int, height: int, wanted: list[tuple[int, int]]
) -> None:
    assert sizes(rendered(a_photo(width, height), "a.jpg")) == wanted


@pytest.mark.parametrize("encoding", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_it_makes_webp_of_every_kind_of_picture(encoding: str) -> None:
    found = rendered(a_picture(300, 150, encoding=encoding), f"a.{encoding.lower()}")
    assert found.kind is MediaKind.IMAGE
    assert [one.extension for one in found.objects] == ["webp", "webp"]
    assert near(pixel(found.objects[0].content, 0.5, 0.5), RED)


@pytest.mark.parametrize(
    ("orientation", "red_at"),
    [
        (1, (0.1, 0.5)), (2, (0.9, 0.5)), (3, (0.9, 0.5)), (4, (0.1, 0.5)),
        (5, (0.5, 0.1)), (6, (0.5, 0.1)), (7, (0.5, 0.9)), (8, (0.5, 0.9)),
    ],
)  # fmt: skip
def test_it_turns_photos_upright(orientation: int, red_at: tuple[float, float]) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    found = rendered(a_photo(3000, 2000, exif=exif), "a.jpg")
    assert sizes(found)[0] == ((2000, 1333) if orientation < 5 else (1333, 2000))
    for one in found.objects:
        assert near(pixel(one.content, *red_at), RED)
        assert near(pixel(one.content, 1 - red_at[0], 1 - red_at[1]), BLUE)


def test_it_forgets_where_by_whom_and_with_what_a_photo_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    png = PngImagePlugin.PngInfo()
    png.add_text("Author", "Somebody")
    image = Image.new("RGB", (300, 300), RED)
    for content, name in [
        (a_photo(300, 300, exif=exif, comment=b"secret", xmp=b"<x:secret/>"), "a.jpg"),
        (encoded(image, "PNG", pnginfo=png, exif=exif), "a.png"),
        (encoded(image, "WEBP", exif=exif.tobytes(), xmp=b"<x:secret/>"), "a.webp"),
    ]:
        for one in rendered(content, name).objects:
            bare = opened(one.content)
            assert dict(bare.getexif()) == {}
            assert not {"exif", "xmp", "icc_profile", "comment", "Author"} & set(bare.info)


def test_it_keeps_transparency() -> None:
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 200, 400))
    palette = image.quantize(16)
    grey = Image.new("LA", (400, 400), (90, 0))
    for content in (encoded(image, "PNG"), encoded(palette, "PNG"), encoded(image, "WEBP")):
        name = "a.webp" if content.startswith(b"RIFF") else "a.png"
        for one in rendered(content, name).objects:
            assert pixel(one.content, 0.9, 0.5)[3] == 0
            assert near(pixel(one.content, 0.1, 0.5), (*RED, 255))
    assert pixel(rendered(encoded(grey, "PNG"), "a.png").objects[0].content, 0.5, 0.5)[3] == 0


@pytest.mark.parametrize(
    ("mode", "colour", "encoding", "wanted"),
    [
        ("CMYK", (0, 255, 255, 0), "JPEG", (254, 0, 0)),
        ("L", 128, "JPEG", (128, 128, 128)),
        ("I;16", 32_768, "PNG", (128, 128, 128)),
        ("1", 1, "PNG", (255, 255, 255)),
        ("P", 0, "PNG", (0, 0, 0)),
    ],
)
def test_it_understands_other_ways_to_write_colours(
    mode: str, colour: Any, encoding: str, wanted: tuple[int, int, int]
) -> None:
    content = a_picture(300, 300, mode=mode, colour=colour, encoding=encoding)
    found = rendered(content, f"a.{encoding.lower()}")
    assert near(pixel(found.objects[0].content, 0.5, 0.5), wanted)


def test_it_shows_colours_of_another_space_as_they_were_meant() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    xyz = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
    plain = rendered(a_photo(300, 300, icc_profile=srgb.tobytes()), "a.jpg")
    assert near(pixel(plain.objects[0].content, 0.1, 0.5), RED)
    for wrong in (lab.tobytes(), xyz.tobytes()[:40], b"no profile"):
        kept = rendered(a_photo(300, 300, icc_profile=wrong), "a.jpg")
        assert near(pixel(kept.objects[0].content, 0.1, 0.5), RED)


def test_it_keeps_a_moving_gif_without_its_comments_and_whatever_follows() -> None:
    content = a_moving_picture(frames=3, comment=b"secret", duration=80, loop=0)
    found = rendered(content + b"something behind", "a.gif")
    assert found.kind is MediaKind.ANIMATION
    assert [(one.variant, one.extension) for one in found.objects] == [
        (Variant.ORIGINAL, "gif"),
        (Variant.SMALL, "webp"),
    ]
    kept = Image.open(BytesIO(found.objects[0].content))
    assert (kept.n_frames, kept.info["loop"], kept.info["duration"]) == (3, 0, 80)  # type: ignore[attr-defined]
    assert b"secret" not in found.objects[0].content
    assert found.objects[0].content.endswith(b"\x3b")


def test_it_refuses_a_gif_of_too_many_frames() -> None:
    frame = Image.new("RGB", (2, 2))
    several = [Image.new("RGB", (2, 2), (number % 256, number // 256, 9)) for number in range(501)]
    content = encoded(frame, "GIF", save_all=True, append_images=several)
    with pytest.raises(AppError) as refused:
        render_file(content, name="a.gif")
    assert refused.value.code == "media_moves_unsupported"
    assert refused.value.params == {"frames": MAX_FRAMES}


def test_it_keeps_a_document_as_it_is() -> None:
    found = rendered(a_document(), "a.pdf")
    assert (found.kind, found.objects[0].content) == (MediaKind.DOCUMENT, a_document())


def test_it_never_loses_an_upload_for_a_variant_that_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = renditions._webp

    def fail_for_small(picture: Image.Image, variant: Variant) -> renditions.Rendition:
        if variant is Variant.MEDIUM:
            raise OSError
        return real(picture, variant)

    monkeypatch.setattr(renditions, "_webp", fail_for_small)
    found = rendered(a_photo(1000, 1000), "a.jpg")
    assert [one.variant for one in found.objects] == [Variant.ORIGINAL, Variant.SMALL]
