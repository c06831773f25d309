"""Who is who in the real report that the project began with: what an editor would ask of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from careo.model import Chain, Dct, Document
from careo.read import Reader

SEED = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "seed.txt"

pytestmark = [pytest.mark.gate, pytest.mark.skipif(not SEED.is_file(), reason=f"{SEED} is absent: nothing to read")]


@pytest.fixture(scope="module")
def chains(reader: Reader) -> dict[str, Chain]:
    text = SEED.read_text(encoding="utf-8")
    return {
        chain.name: chain for chain in reader.read(Document("seed", text, "c", "d", "d", dct=Dct("2018-01", "input"), language="es")).layers.chains
    }


def test_the_pilot_the_policeman_and_the_surname_are_one(chains: dict[str, Chain]) -> None:
    text = SEED.read_text(encoding="utf-8")
    assert {one.span.of(text) for one in chains["Óscar Pérez"].members} == {"Óscar Pérez", "Pérez", "el policía", "El piloto", "Él", "tiene"}


def test_his_mother_is_another_and_related_to_him(chains: dict[str, Chain]) -> None:
    mother = chains["madre de Óscar Pérez"]
    assert [(one.to, one.relation) for one in mother.related] == [(chains["Óscar Pérez"].id, "madre")]
    assert {one.form for one in mother.members} == {"relation"}


def test_bodies_are_bodies_and_verbs_no_names(chains: dict[str, Chain]) -> None:
    assert chains["Policía científica"].kind == chains["Guardia Nacional Bolivariana"].kind == "ORGANIZATION"
    assert not {"Dejen", "Fuerza", "Soy"} & {word for name in chains for word in name.split()}
