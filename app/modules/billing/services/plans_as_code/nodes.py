"""Values of a YAML document with the lines they stand on; what is wrong is collected. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode
from yaml.resolver import BaseResolver

from app.kit.errors import InvalidInput
from app.kit.i18n import LOCALES, translate

_WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,30})")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class WrongPlanFile(Exception):
    """The file cannot be applied; `problems` are sentences that begin with their line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def compose(text: str) -> Node:
    """Return the root of the only document. Raises WrongPlanFile."""
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as broken:
        line = 1 if broken.problem_mark is None else broken.problem_mark.line + 1
        raise WrongPlanFile([f"line {line}: this is no YAML: {broken.problem}"]) from None
    except yaml.YAMLError as broken:  # a sign that YAML does not allow, which has no line
        raise WrongPlanFile([f"line 1: this is no YAML: {broken}"]) from None
    except RecursionError:
        raise WrongPlanFile(["line 1: this is nested too deeply"]) from None
    if root is None:
        raise WrongPlanFile(["line 1: the file is empty"])
    return root


@dataclass
class Reader:
    """Takes values out of nodes; a wrong one is noted, and a harmless one goes in its place."""

    problems: list[tuple[int, str]] = field(default_factory=list)

    def wrong(self, node: Node, problem: str) -> None:
        """Note what is wrong with a node."""
        self.problems.append((node.start_mark.line + 1, problem))

    def refused(self, wrong: InvalidInput, places: Mapping[str, tuple[str, Node]]) -> None:
        """Note what a rule refused; `places` are the names and nodes of the parts it points at."""
        for pointer, code, params in wrong.errors:
            name, node = places[pointer.split("/")[1]]
            self.wrong(node, f"{name}: {translate(f'validation.{code}', **params)}")

    def end(self) -> None:
        """Raise WrongPlanFile if anything was wrong; each sentence once, in order of the lines."""
        if self.problems:
            told = dict.fromkeys(sorted(self.problems, key=lambda problem: problem[0]))
            raise WrongPlanFile([f"line {line}: {problem}" for line, problem in told])

    def entries(self, node: Node, what: str) -> Iterator[tuple[str, Node, Node]]:
        """Yield key, its node and its value of a mapping; a key twice is wrong."""
        if not isinstance(node, MappingNode):
            self.wrong(node, f"{what} must be a mapping")
            return
        seen = set()
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else "?"
            if name in seen:
                self.wrong(key, f"{name!r} is there twice")
                continue
            seen.add(name)
            yield name, key, value

    def scalar(self, node: Node) -> Any:
        """Return a plain value; of anything else, None.

        Decimal whole numbers, true, false and null are what they are, all else is text: YAML 1.1
        takes `no` for false, 010 for 8 and 1:30 for 90.
        """
        if not isinstance(node, ScalarNode):
            return None
        text: str = node.value
        if node.tag != BaseResolver.DEFAULT_SCALAR_TAG:
            self.wrong(node, f"tags as {node.tag} are not known here")
            return None
        if node.style is not None:  # in quotes, or a block of lines
            return text
        return int(text) if _WHOLE_NUMBER.fullmatch(text) else _WORDS.get(text.lower(), text)

    def number(self, node: Node, name: str) -> int:
        """Return a whole number from 0."""
        value = self.scalar(node)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.wrong(node, f"{name} must be a whole number from 0")
        return 0

    def switch(self, node: Node, name: str) -> bool:
        """Return true or false."""
        value = self.scalar(node)
        if not isinstance(value, bool):
            self.wrong(node, f"{name} must be true or false")
        return value is True

    def texts(self, node: Node, name: str) -> Mapping[str, str]:
        """Return a text by language."""
        texts = {}
        for locale, key, value in self.entries(node, name):
            text = self.scalar(value)
            if locale not in LOCALES:
                self.wrong(key, f"{locale!r} is no language; there are: {', '.join(LOCALES)}")
            elif not isinstance(text, str) or _has_control_characters(text):
                self.wrong(value, f"{name} must be text")
            else:
                texts[locale] = text
        return texts


def _has_control_characters(text: str) -> bool:
    return any(unicodedata.category(sign) == "Cc" and not sign.isspace() for sign in text)
