"""The import contracts of pyproject.toml hold."""

from importlinter.cli import lint_imports_command

if __name__ == "__main__":
    lint_imports_command(["--no-cache", "--no-logo"])
