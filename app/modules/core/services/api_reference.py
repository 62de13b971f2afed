"""The API's description as a page can show it; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any


@dataclass(frozen=True)
class Field:
    """One member of a body, or one parameter."""

    name: str
    type: str
    required: bool


@dataclass(frozen=True)
class Endpoint:
    """One method of one address."""

    method: str
    path: str
    summary: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answer: tuple[Field, ...]

    @property
    def anchor(self) -> str:
        """Name of the place on the page."""
        return f"{self.method}{self.path}".replace("/", "-").replace("{", "").replace("}", "")


@dataclass(frozen=True)
class EndpointGroup:
    """Endpoints under one heading."""

    name: str
    endpoints: tuple[Endpoint, ...]


def api_reference(description: Mapping[str, Any]) -> list[EndpointGroup]:
    """Return the endpoints of an OpenAPI description by tag, sorted by address."""
    schemas = description.get("components", {}).get("schemas", {})
    found = [
        (operation.get("tags", ["API"])[0], _endpoint(method, path, operation, schemas))
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    ]
    found.sort(key=lambda one: (one[0], one[1].path, one[1].method))
    return [
        EndpointGroup(tag, tuple(endpoint for _, endpoint in members))
        for tag, members in groupby(found, key=lambda one: one[0])
    ]


def _endpoint(
    method: str, path: str, operation: Mapping[str, Any], schemas: Mapping[str, Any]
) -> Endpoint:
    body = _json_schema(operation.get("requestBody", {}))
    answers = operation.get("responses", {})
    good: Mapping[str, Any] = next(
        (answers[code] for code in sorted(answers) if code.startswith("2")), {}
    )
    return Endpoint(
        method=method.upper(),
        path=path,
        summary=operation.get("description") or operation.get("summary", ""),
        parameters=tuple(
            Field(one["name"], _type(one.get("schema", {})), one.get("required", False))
            for one in operation.get("parameters", [])
        ),
        body=_fields(body, schemas),
        answer=_fields(_json_schema(good), schemas),
    )


def _json_schema(part: Mapping[str, Any]) -> Mapping[str, Any]:
    content = part.get("content", {})
    schema: Mapping[str, Any] = content.get("application/json", {}).get("schema", {})
    return schema


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> tuple[Field, ...]:
    if schema.get("type") == "array":
        return _fields(schema.get("items", {}), schemas)
    if "$ref" in schema:
        schema = schemas.get(_name(schema), {})
    required = schema.get("required", [])
    return tuple(
        Field(name, _type(member), name in required)
        for name, member in schema.get("properties", {}).items()
    )


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return _name(schema)
    if "anyOf" in schema:
        return " | ".join(_type(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"{_type(schema.get('items', {}))}[]"
    return str(schema.get("format") or schema.get("type") or "any")


def _name(schema: Mapping[str, Any]) -> str:
    return str(schema["$ref"]).rsplit("/", 1)[-1]
