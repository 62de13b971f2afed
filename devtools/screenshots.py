"""Pictures of the running demo: every page that its people find in their navigation."""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from devtools.paths import BUILD, ROOT
from devtools.services.demo import PASSWORD, Demo, running_demo

PEOPLE = ("admin@demo.test", "owner@demo.test", "manager@demo.test")
SIZES: tuple[ViewportSize, ...] = (
    {"width": 360, "height": 740},
    {"width": 768, "height": 1024},
    {"width": 1440, "height": 900},
)
THEMES = ("light", "dark")
SETTLE_MS = 300
COLOURS = 128  # enough for flat surfaces, and a third of the bytes


def _lower_a_limit(page: Page) -> None:
    """Open the features of the first tier and type a lower limit, as far as the warning."""
    page.get_by_role("row").nth(1).get_by_role("button", name="Actions").click()
    page.get_by_role("menuitem", name="Features").click()
    panel = page.get_by_role("dialog", name="Features")
    panel.get_by_role("spinbutton", name="Product Limit").fill("150")
    panel.get_by_text("over a limit").scroll_into_view_if_needed()


@dataclass(frozen=True)
class Picture:
    """One picture of the README or a guide: a page as somebody sees it, after `act`."""

    name: str
    email: str
    path: str
    theme: str = "light"
    act: Callable[[Page], None] | None = None


COMMITTED = (
    Picture("admin", "admin@demo.test", "/admin"),
    Picture("merchants", "admin@demo.test", "/admin/merchants", "dark"),
    Picture("store", "owner@demo.test", "/store/weber"),
    Picture("tiers", "admin@demo.test", "/admin/subscription-tiers"),
    Picture("impact", "admin@demo.test", "/admin/subscription-tiers", act=_lower_a_limit),
    Picture("subscriptions", "admin@demo.test", "/admin/subscriptions"),
    Picture("exceptions", "admin@demo.test", "/admin/merchants/1/features"),
)


def main() -> None:
    """Take all pictures, or with --docs the few that are committed."""
    parser = argparse.ArgumentParser(prog="dev.py screenshots", description=__doc__)
    parser.add_argument("--docs", action="store_true", help="write docs/pictures alone")
    parser.add_argument("--lang", default="de", help="language of the pages")
    parser.add_argument("--to", type=Path, default=BUILD / "screenshots", help="folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data, running_demo(Path(data)) as demo, _browser() as one:
        if options.docs:
            _picture_committed(one, demo)
        else:
            _picture_all(one, demo, folder=options.to, locale=options.lang)


@contextmanager
def _browser() -> Iterator[Browser]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=flags)
        yield opened
        opened.close()


def _picture_committed(browser: Browser, demo: Demo) -> None:
    for one in COMMITTED:
        page = _signed_in(browser, demo, one.email)
        page.set_viewport_size(SIZES[-1])
        _open(page, f"{one.path}?lang=en", one.theme)
        if one.act is not None:
            one.act(page)
            page.wait_for_timeout(SETTLE_MS)
        _take(page, ROOT / "docs" / "pictures" / f"{one.name}.png")


def _picture_all(browser: Browser, demo: Demo, *, folder: Path, locale: str) -> None:
    for email in PEOPLE:
        page = _signed_in(browser, demo, email)
        for path in _own_pages(page):
            for size in SIZES:
                page.set_viewport_size(size)
                for theme in THEMES:
                    _open(page, f"{path}?lang={locale}", theme)
                    name = f"{path.strip('/').replace('/', '-')}-{size['width']}-{theme}.png"
                    _take(page, folder / email.partition("@")[0] / name)


def _signed_in(browser: Browser, demo: Demo, email: str) -> Page:
    context = browser.new_context(base_url=demo.address, reduced_motion="reduce")
    answer = context.request.post("/api/v1/auth/login", data={"email": email, "password": PASSWORD})
    assert answer.ok, answer.text()
    return context.new_page()


def _own_pages(page: Page) -> list[str]:
    """The paths in the navigation of the first page, and what their first entries lead to."""
    page.goto("/")
    paths = _links(page, ".rail-link")
    for path in list(paths):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        paths += _links(page, "td.is-main a")[:1]
    return list(dict.fromkeys([*paths, "/account"]))


def _links(page: Page, selector: str) -> list[str]:
    return [str(link.get_attribute("href")) for link in page.locator(selector).all()]


def _open(page: Page, path: str, theme: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
    page.wait_for_timeout(SETTLE_MS)


def _take(page: Page, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file)
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(COLOURS).save(file, optimize=True)
    print(file, f"{file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
