"""Runs the curl commands of the documentation against an application in this process."""

import argparse
import json
import shlex
from string import Template
from typing import Any

from starlette.testclient import TestClient


def run_curl(client: TestClient, command: str, **variables: str) -> Any:
    """Send what a command would send; the answer. Raises SystemExit for an unknown option."""
    words = shlex.split(Template(command).substitute(variables))
    given = _parser().parse_args(words[1:])
    headers = dict(header.split(": ", 1) for header in given.header)
    body = None if given.json is None else json.loads(given.json)
    method = given.request or ("GET" if body is None else "POST")
    return client.request(method, given.url, headers=headers, json=body)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="curl")
    parser.add_argument("url")
    parser.add_argument("-X", dest="request")
    parser.add_argument("-H", dest="header", action="append", default=[])
    parser.add_argument("--json")
    return parser
