"""What can be measured of a page: accessibility, width, texts, weight, calm."""

import gzip
import re
from functools import cache
from urllib.parse import urlsplit

from playwright.sync_api import Page

from app.kit.i18n import LOCALES, Catalogs
from devtools.paths import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
THEMES = ("light", "dark")
WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, sources } of list.getEntries()) {
    const nodes = sources.map(({ node, previousRect, currentRect }) =>
      `${node?.className || node?.nodeName} from ${previousRect.y} to ${currentRect.y}`);
    window.shifts.push([value, nodes.join(" | ")]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
SHOWN_TEXTS = """
() => [
  document.title,
  document.body.innerText,
  ...[...document.querySelectorAll("[aria-label], [placeholder], [title]")].flatMap((element) =>
    ["aria-label", "placeholder", "title"].map((name) => element.getAttribute(name) ?? "")),
].join("\\n")
"""
# What scrolls by itself, floats above the page or is for screen readers alone, is left out.
OVERFLOW = """
() => {
  const column = document.querySelector("main");
  const { paddingRight } = getComputedStyle(column);
  const edge = column.getBoundingClientRect().right - parseFloat(paddingRight);
  const beyond = (element) => {
    const { overflowX, position, display } = getComputedStyle(element);
    if (position === "absolute" || position === "fixed" || display === "none") return 0;
    const own = element.getBoundingClientRect().right - edge;
    const isClipped = overflowX !== "visible";
    return Math.max(own, ...(isClipped ? [] : [...element.children].map(beyond)));
  };
  const page = document.documentElement.scrollWidth - window.innerWidth;
  return Math.max(page, Math.floor(Math.max(0, ...[...column.children].map(beyond))));
}
"""
# Colours change by short transitions, those of parts after those of the whole.
USE_THEME = """
async (theme) => {
  document.documentElement.dataset.theme = theme;
  for (let quiet = 0; quiet < 3; quiet += 1) {
    await new Promise(requestAnimationFrame);
    const running = document.getAnimations();
    await Promise.allSettled(running.map(({ finished }) => finished));
    if (running.length) quiet = 0;
  }
}
"""


def violations(page: Page) -> list[str]:
    """What axe objects to in either theme: rule and place."""
    page.evaluate(_axe())
    found = []
    for theme in THEMES:
        page.evaluate(USE_THEME, theme)
        result = page.evaluate("axe.run().then(({ violations }) => violations)")
        found += [
            f"{theme}: {one['id']}: {node['target']} {node['html'][:120]}"
            for one in result
            for node in one["nodes"]
        ]
    return found


def overflow_px(page: Page) -> int:
    """By how much the page is wider than the screen, or what it holds wider than its column."""
    return int(page.evaluate(OVERFLOW))


def keys_shown(page: Page) -> list[str]:
    """Keys of texts that stand where a text should."""
    return sorted(set(_key_pattern().findall(page.evaluate(SHOWN_TEXTS))))


def shift(page: Page) -> tuple[float, list[str]]:
    """How much of the layout moved since the first paint (CLS), and what did."""
    shifts = page.evaluate("window.shifts")
    return sum(value for value, _ in shifts), [nodes for _, nodes in shifts]


def weight_bytes(page: Page) -> int:
    """What the page and all it fetched weigh compressed."""
    addresses = page.evaluate(
        "[location.href, ...performance.getEntriesByType('resource').map(({ name }) => name)]"
    )
    return sum(_sent_bytes(page, one) for one in set(addresses))


def _sent_bytes(page: Page, address: str) -> int:
    body = page.request.get(address).body()
    return len(body) if urlsplit(address).path.endswith(".woff2") else len(gzip.compress(body))


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


@cache
def _key_pattern() -> re.Pattern[str]:
    """Words such as `ui.save`: whatever begins like the keys of the catalogs."""
    catalogs = Catalogs(sorted((ROOT / "app" / "modules").glob("*/locales")))
    keys = {key for locale in LOCALES for key in catalogs.texts(locale).forms}
    roots = "|".join(sorted({key.partition(".")[0] for key in keys if "." in key}))
    return re.compile(rf"(?<![\w.@/-])(?:{roots})(?:\.[a-z_0-9]+)+\b(?![@-])")
