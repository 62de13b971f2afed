"""Twenty photos at once into the library, two of them to a product, and what becomes of them."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visit
from tests.factories.pictures import a_picture, encoded

pytestmark = pytest.mark.browser

LIBRARY = "/store/weber/media?lang=en"
PHOTOS = 20
ON_ITS_SIDE = 6
ORIENTATION = 0x0112


def photos(folder: Path) -> list[Path]:
    """Photos of twelve megapixels, taken with the camera on its side, no two alike."""
    exif = Image.Exif()
    exif[ORIENTATION] = ON_ITS_SIDE
    grain = Image.effect_noise((4000, 3000), 40).convert("RGB")
    paths = [folder / f"photo {number:02}.jpg" for number in range(PHOTOS)]
    for number, path in enumerate(paths):
        path.write_bytes(encoded(grain, "JPEG", quality=80, exif=exif, comment=str(number)))
    return paths


def drop(page: Page, files: list[Path]) -> None:
    """Let files fall onto the place for them, as from a folder of the desktop."""
    page.evaluate("""() => {
        const carrier = document.createElement("input");
        Object.assign(carrier, { type: "file", id: "carrier", multiple: true });
        document.body.append(carrier);
    }""")
    page.locator("#carrier").set_input_files(files)
    page.evaluate("""() => {
        const carrier = document.getElementById("carrier");
        const dataTransfer = new DataTransfer();
        for (const file of carrier.files) dataTransfer.items.add(file);
        const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
        document.querySelector(".drop-zone").dispatchEvent(event);
        carrier.remove();
    }""")


def show_with_product(page: Page, photo: str) -> None:
    """Choose a photo in the product's form and make it the main one."""
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Edit").click()
    form = page.get_by_role("dialog", name="Product")
    form.get_by_role("button", name="Choose images").click()
    picker = page.get_by_role("dialog", name="Choose images")
    picker.get_by_label("File name").fill(photo)
    picker.get_by_role("button", name=photo).click()
    picker.get_by_role("button", name="Use these").click()
    form.get_by_role("button", name="Make image 2 the main one").click()
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()


def test_it_takes_twenty_photos_at_once_and_shows_them_with_products(
    visit: Visit, tmp_path: Path
) -> None:
    manager = visit("manager@demo.test")
    page = manager.open(LIBRARY)
    page.get_by_label("Into folder").fill("Spring")
    drop(page, photos(tmp_path))
    uploads = page.get_by_role("list", name="Uploaded files")
    expect(uploads.get_by_role("listitem")).to_have_count(PHOTOS)
    expect(uploads.get_by_role("progressbar").first).to_be_visible()
    expect(page.get_by_text("20 of 20 files uploaded")).to_be_visible(timeout=120_000)

    manager.open(f"{LIBRARY}&folder=Spring&sort=name")
    expect(page.get_by_text("20 results")).to_be_visible()
    page.get_by_role("button", name="photo 03.jpg").click()
    details = page.get_by_role("dialog", name="File")
    expect(details.get_by_text("1,500 × 2,000 px")).to_be_visible()  # upright
    shown = details.locator("img")  # decorative: its name stands beside it
    assert re.search(
        r"\.webp 150w, \S+\.webp 600w, \S+\.webp 1500w$", shown.get_attribute("srcset") or ""
    )
    expect(details.get_by_text("This file is shown nowhere.")).to_be_visible()

    for product, photo in (("weber-0001", "photo 03"), ("weber-0002", "photo 04")):
        manager.open(f"/store/weber/products?lang=en&search={product}")
        show_with_product(page, f"{photo}.jpg")

    manager.open(f"{LIBRARY}&search=photo 04")
    page.get_by_role("button", name="photo 04.jpg").click()
    expect(details.get_by_text(": main image")).to_be_visible()

    manager.open(f"{LIBRARY}&search=photo 03")
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.get_by_text("Riesling").filter(has_text=": main image")).to_be_visible()
    page.get_by_role("button", name="Delete file").click()
    expect(page.get_by_text("The file is deleted.")).to_be_visible()


def test_a_picture_becomes_the_logo_on_the_stores_first_page_and_is_taken_away(
    visit: Visit, tmp_path: Path
) -> None:
    manager = visit("manager@demo.test")
    page = manager.open(LIBRARY)
    sign = tmp_path / "sign.png"
    sign.write_bytes(a_picture(240, 80, colour=(90, 40, 160)))
    page.locator("#media-files").set_input_files([sign])
    expect(page.get_by_text("1 of 1 file uploaded")).to_be_visible()

    manager.open(f"{LIBRARY}&search=sign")
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Use as the store’s logo").click()
    expect(page.get_by_text("The image is now the store’s logo.")).to_be_visible()
    manager.open("/store/weber?lang=en")
    expect(page.get_by_role("img", name="Logo of Bäckerei Weber")).to_be_visible()

    manager.open(f"{LIBRARY}&search=sign")
    expect(page.get_by_role("row", name="sign.png").get_by_text("Logo", exact=True)).to_be_visible()
    page.get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Stop using as the logo").click()
    expect(page.get_by_text("The store no longer has a logo.")).to_be_visible()
    manager.open("/store/weber?lang=en")
    expect(page.get_by_role("heading", name="This store")).to_be_visible()
    expect(page.get_by_role("img", name="Logo of Bäckerei Weber")).to_have_count(0)


def test_it_says_which_files_were_refused_and_why(visit: Visit, tmp_path: Path) -> None:
    manager = visit("manager@demo.test")
    manager.witness.expect("status of 400")
    page = manager.open(LIBRARY)
    wrong, right = tmp_path / "wrong.jpg", tmp_path / "right.png"
    wrong.write_bytes(a_picture())
    right.write_bytes(a_picture(colour=(1, 2, 3)))
    page.locator("#media-files").set_input_files([wrong, right])
    expect(page.get_by_text("1 of 2 files uploaded")).to_be_visible()
    expect(page.get_by_text("The name does not fit the content")).to_be_visible()
    expect(page.get_by_role("button", name="right.png")).to_be_visible()


def test_staff_look_at_files_and_upload_none(visit: Visit) -> None:
    page = visit("staff@demo.test").open(LIBRARY)
    expect(page.get_by_text("Choose files")).to_have_count(0)
    page.get_by_role("button", name="Tulpen.jpg").click()
    details = page.get_by_role("dialog", name="File")
    expect(details.get_by_text(": main image").first).to_be_visible()
    expect(details.get_by_role("button", name="Save")).to_have_count(0)
