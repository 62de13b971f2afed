"""Start-up refuses catalogs with a language missing, or a key twice."""

from pathlib import Path

import pytest

from app.kit.i18n import LOCALES, CatalogError, Catalogs

ENTRY = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a.b"\nmsgstr "x"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A module's catalogs, complete."""
    for locale in LOCALES:
        (tmp_path / locale).mkdir()
        (tmp_path / locale / "a.po").write_text(ENTRY, encoding="utf-8")
    return tmp_path


def test_it_accepts_a_complete_folder(folder: Path) -> None:
    assert Catalogs([folder]).texts("lb").forms["a.b"] == ("x",)


@pytest.mark.parametrize("locale", LOCALES)
def test_it_refuses_a_folder_without_one_of_the_languages(folder: Path, locale: str) -> None:
    (folder / locale / "a.po").unlink()
    with pytest.raises(CatalogError) as refused:
        Catalogs([folder])
    assert str(refused.value) == f"{folder}: there are no texts in the language {locale!r}"


def test_it_refuses_a_key_that_another_catalog_has(folder: Path) -> None:
    (folder / "fr" / "b.po").write_text(ENTRY, encoding="utf-8")
    with pytest.raises(CatalogError) as refused:
        Catalogs([folder])
    assert str(refused.value) == (
        f"{folder / 'fr' / 'b.po'}: the key a.b is already in another catalog"
    )
