"""Entry point of the web server: `uvicorn --factory app.main:create_app`."""

from fastapi import FastAPI

from app import bootstrap


def create_app() -> FastAPI:
    """Return the configured ASGI application."""
    return bootstrap.start().web_app()
