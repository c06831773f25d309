"""Subjects left out and object pronouns: whom they mean, and where nobody can tell."""

from __future__ import annotations

import pytest
from tests.read.test_corefer import shown

from careo.read.parse import Parser
from careo.rules import Language


def meant(text: str, language: Language, parser: Parser) -> list[str]:
    """The verbs and pronouns of the chain of Óscar Pérez."""
    return [words for form, words in shown(text, language, parser)["Óscar Pérez"] if form in {"dropped", "pronoun"}]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Óscar Pérez nació en Caracas. Huyó a Colombia y fue detenido en Cúcuta.", ["Huyó", "fue detenido"]),
        ("Óscar Pérez dijo que viajará a Lima.", ["viajará"]),
        ("«No sé», dijo Óscar Pérez. «No vi a nadie», agregó.", ["agregó"]),
        ("El alcalde Óscar Pérez criticó al fiscal Luis Paz, a quien acusó de mentir.", ["acusó"]),
        ("Óscar Pérez llegó a Cúcuta. La policía lo detuvo y le dispararon.", ["lo", "le"]),
        ("Mataron a Óscar Pérez. Le dispararon en el patio.", ["Le"]),
        ("Óscar Pérez volvió a Lima. Hizo un llamamiento a la calma.", ["Hizo"]),
    ],
)
def test_one_who_is_meant(text: str, words: list[str], language: Language, parser: Parser) -> None:
    assert meant(text, language, parser) == words


@pytest.mark.parametrize(
    "text",
    [
        "Óscar Pérez y Luis Paz llegaron a Lima. Viajó a Quito.",
        "Óscar Pérez habló con Luis Paz. Huyó a Colombia.",
        "Óscar Pérez habló con un vecino. Huyó a Colombia.",
        "Óscar Pérez presentó el informe. Incluye tres fotos.",
        "Óscar Pérez habló. La marcha pasó ayer. Huyó a Colombia.",
        "Óscar Pérez habló ayer. Huyeron a Colombia.",
        "Óscar Pérez habló ayer. Fue detenida el lunes.",
        "Óscar Pérez habló ayer. Se informó que hubo heridos.",
        "Óscar Pérez habló. «Huyó a Colombia», respondió un vecino.",
        "Óscar Pérez volvió. La policía lo sabe.",
        "Óscar Pérez volvió. La policía la detuvo.",
        "Óscar Pérez volvió. La investigación la condujo un juez.",
        "Óscar Pérez volvió. El otro le pidió perdón.",
        "Óscar Pérez volvió. La policía le dijo a Luis Paz que callara.",
    ],
)
def test_nobody_where_it_is_not_told(text: str, language: Language, parser: Parser) -> None:
    assert meant(text, language, parser) == []
