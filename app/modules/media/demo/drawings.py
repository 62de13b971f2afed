"""Pictures for the demo, drawn; the same name makes the same picture."""

import colorsys
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFont

SIDE = 720
GOODS = (
    "Riesling", "Crémant", "Landbrout", "Tarte aux quetsches", "Kachkéis", "Comté",
    "Espresso", "Quetschegebeess", "Tulpen", "Notizbuch", "Sac en toile", "Bike Bell",
)  # fmt: skip


def draw(name: str) -> bytes:
    """Return a JPEG: soft circles of neighbouring colours, and the name."""
    random = Random(f"tierline drawing {name}")  # noqa: S311 - reproducible on purpose
    hue = random.random()
    image = Image.new("RGB", (SIDE, SIDE), _colour(hue, 0.25, 0.95))
    pen = ImageDraw.Draw(image)
    for number in range(7):
        radius = SIDE * (0.46 - 0.055 * number)
        x, y = (SIDE * random.uniform(0.35, 0.65) for _ in range(2))
        colour = _colour(hue + 0.02 * number, 0.25 + 0.07 * number, 0.92 - 0.05 * number)
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    font = ImageFont.load_default(size=72 if len(name) < 12 else 52)
    pen.text((SIDE / 2, SIDE / 2), name, font=font, anchor="mm", fill=(255, 255, 255),
             stroke_width=3, stroke_fill=_colour(hue, 0.8, 0.35))  # fmt: skip
    written = BytesIO()
    image.save(written, "JPEG", quality=88)
    return written.getvalue()


def _colour(hue: float, saturation: float, value: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(hue % 1, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)
