"""Names that a model tells are cut and joined by the marks, abbreviations and addresses at their edges."""

from __future__ import annotations

import pytest

from careo.read.bounds import Stretch, bounded

CLOSING = frozenset({"jr", "inc"})


def found(text: str, *names: str) -> list[str]:
    """The names of `text` that are left of `names`, each at its first place."""
    stretches: list[Stretch] = [(text.index(name), text.index(name) + len(name), "PERSON") for name in names]
    return [text[start:end] for start, end, _ in bounded(text, stretches, CLOSING)]


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ('Llegó Luis "El Tuerto" Rangel ayer', ['Luis "El', 'Tuerto" Rangel'], ['Luis "El Tuerto" Rangel']),
        ('Llegó Luis Rangel "Lucho" ayer', ['Luis Rangel "Lucho'], ["Luis Rangel", "Lucho"]),
        ('Dijo "Ana Paz" ayer', ['"Ana'], ["Ana"]),
        ("Vino Luis Paz Jr. con Ana.", ["Luis Paz Jr", "Ana"], ["Luis Paz Jr.", "Ana"]),
        ("Vino Luis Paz, Jr. con Ana.", ["Luis Paz", "Jr", "Ana"], ["Luis Paz, Jr.", "Ana"]),
        ("Vinieron Ana, Inc de Loma", ["Ana", "Inc de Loma"], ["Ana", "Inc de Loma"]),
        ("Jr. vino.", ["Jr"], ["Jr."]),
        ("Foto pic.twitter.com/a1 — Radio Loma", ["Foto pic.twitter.com/a1 — Radio Loma"], ["Radio Loma"]),
        ("Foto https://loma.mx/a", ["Foto https://loma.mx/a"], []),
        ("Habló Ana Paz.", ["Ana Paz"], ["Ana Paz"]),
    ],
)
def test_where_names_end(text: str, names: list[str], left: list[str]) -> None:
    assert found(text, *names) == left


def test_two_names_that_each_lack_a_mark_but_are_parted_by_words_stay_two() -> None:
    assert found('El "Tuerto vino con Rangel" ayer', '"Tuerto', 'Rangel"') == ["Tuerto", "Rangel"]
