"""A photo of 12 megapixels to three WebP pictures, beside Pillow's full decode and libvips.

Told beside the time: how alike our largest picture is to the photo scaled without loss (SSIM),
how many bytes we keep against Pillow's, and the peak of memory of a process that does nothing
else.
"""

import subprocess
import sys
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image, ImageDraw

from app.modules.media.services.renditions import SIDES, Renditions, render_file
from benchmarks._peers import run_peer
from benchmarks._report import Figure, report
from benchmarks._timing import in_turns
from devtools.paths import ROOT
from devtools.testing.peak_memory import peak_bytes

WIDTH, HEIGHT = 4000, 3000
PEERS_ROUNDS = 5


def main() -> int:
    """Measure and report."""
    if "--once" in sys.argv[1:]:
        return _once(sys.argv[-1])
    content = a_photo()
    ours, plain = render_file(content, name="photo.jpg"), _by_pillow(content)
    assert [(one.width, one.height) for one in ours.objects] == [one.size for one in plain[1]]
    mine, pillows = in_turns(
        partial(render_file, content, name="photo.jpg"), partial(_by_pillow, content), rounds=7
    )
    figures = [
        Figure("beside Pillow", "files/s", 1 / mine, 2, 1 / pillows, at_most=False),
        Figure("SSIM", "of 1", _likeness(content, ours), 0.97, at_most=False),
        Figure("bytes", "bytes", ours.byte_size, 1.3, sum(plain[0])),
        *_beside_vips(content, mine),
        *_peaks(content),
    ]
    return report("images", figures, profiled=partial(render_file, content, name="photo.jpg"))


def a_photo() -> bytes:
    """Return a JPEG with soft ground, hard edges and the grain of a sensor; always the same."""
    random = Random("tierline photo")
    size = (WIDTH, HEIGHT)
    across = Image.linear_gradient("L").resize(size)
    around = Image.radial_gradient("L").resize(size)
    image = Image.merge("RGB", (across, around, Image.blend(across, around, 0.5)))
    pen = ImageDraw.Draw(image)
    for _ in range(300):
        x, y, side = random.randrange(WIDTH), random.randrange(HEIGHT), random.randrange(20, 400)
        colour = tuple(random.randrange(256) for _ in range(3))
        pen.ellipse((x, y, x + side, y + side), fill=colour)
    grain = np.random.default_rng(7).normal(0, 2.5, (HEIGHT, WIDTH, 1))
    pixels = np.clip(np.asarray(image, dtype=np.float32) + grain, 0, 255).astype(np.uint8)
    written = BytesIO()
    Image.fromarray(pixels).save(written, "JPEG", quality=88)
    return written.getvalue()


def _by_pillow(content: bytes) -> tuple[list[int], list[Image.Image]]:
    """Decode all pixels and scale them three times, as Pillow's documentation does."""
    sizes, pictures = [], []
    with Image.open(BytesIO(content)) as photo:
        photo.load()
        for side in SIDES.values():
            picture = photo.copy()
            picture.thumbnail((side, side), Image.Resampling.LANCZOS)
            written = BytesIO()
            picture.save(written, "WEBP", quality=80)
            sizes.append(len(written.getvalue()))
            pictures.append(picture)
    return sizes, pictures


def _likeness(content: bytes, ours: Renditions) -> float:
    """Compare brightness block by block (Wang et al. 2004, 8 × 8 px) with the scaled photo."""
    with Image.open(BytesIO(content)) as photo:
        size = (ours.objects[0].width or 0, ours.objects[0].height or 0)
        ideal = _blocks(photo.resize(size, Image.Resampling.LANCZOS))
    kept = _blocks(Image.open(BytesIO(ours.objects[0].content)))
    mean_a, mean_b = ideal.mean(axis=1), kept.mean(axis=1)
    shared = ((ideal - mean_a[:, None]) * (kept - mean_b[:, None])).mean(axis=1)
    small, large = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    alike = (2 * mean_a * mean_b + small) * (2 * shared + large)
    whole = (mean_a**2 + mean_b**2 + small) * (ideal.var(axis=1) + kept.var(axis=1) + large)
    return float((alike / whole).mean())


def _blocks(image: Image.Image) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    grey = np.asarray(image.convert("L"), dtype=np.float64)
    rows, columns = (side // 8 for side in grey.shape)
    cut = grey[: rows * 8, : columns * 8].reshape(rows, 8, columns, 8)
    return cut.swapaxes(1, 2).reshape(-1, 64)


def _beside_vips(content: bytes, mine: float) -> list[Figure]:
    with TemporaryDirectory() as folder:
        photo = Path(folder) / "photo.jpg"
        photo.write_bytes(content)
        task = {"photo": str(photo), "sides": list(SIDES.values()), "rounds": PEERS_ROUNDS}
        peer = run_peer("vips_images", task)
    seconds = None if peer is None else peer["seconds"]
    return [
        Figure(
            "beside libvips",
            "files/s",
            None if seconds is None else 1 / mine,
            1,
            None if seconds is None else 1 / seconds,
            at_most=False,
        )
    ]


def _peaks(content: bytes) -> list[Figure]:
    """Peak of memory in a process that renders once, ours beside Pillow's."""
    with TemporaryDirectory() as folder:
        photo = Path(folder) / "photo.jpg"
        photo.write_bytes(content)
        ours, plain = (_peak(side, photo) for side in ("ours", "pillow"))
    return [Figure("peak of memory", "MB", ours, 1, plain)]


def _peak(side: str, photo: Path) -> float:
    command = [sys.executable, "-m", "benchmarks.images", "--once", side, str(photo)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(done.stdout)


def _once(photo: str) -> int:
    content = Path(photo).read_bytes()
    if sys.argv[-2] == "ours":
        render_file(content, name="photo.jpg")
    else:
        _by_pillow(content)
    print(peak_bytes() / 1e6)
    return 0


if __name__ == "__main__":
    sys.exit(main())
