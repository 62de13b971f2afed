"""Reads the figures of a page that was rendered on the server."""

import re

_CARD = re.compile(r'<div class="card stat">(.*?)</div>', re.DOTALL)


def stat_card(page: str, label: str) -> list[str]:
    """The figure of the card with this label, and its remark where it has one."""
    cards = [_words(card) for card in _CARD.findall(page)]
    (found,) = [words[1:] for words in cards if words[0] == label]
    return found


def _words(markup: str) -> list[str]:
    lines = re.sub(r"<[^>]+>", "\n", markup).splitlines()
    return [line.strip() for line in lines if line.strip()]
