"""Adds the pages that are written from the code, and the changelog, to the site."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from devtools.reference import pages


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add each page as if it lay in the folder."""
    for path, content in pages().items():
        files.append(File.generated(config, path, content=content))
    return files
