"""Documents: identity, articles, languages, regions, dates; and plain text."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo import ingest
from careo.errors import UnreadableInput, UsageError
from careo.ingest import identity
from careo.ingest.dates import is_dct
from careo.model import Capture, Dct, Document, Segment, Sighting

SPANISH = (
    "El alcalde de la aldea dijo el martes que tres vecinos murieron durante la crecida y que otros dos siguen en el hospital. "
    "La familia de una de las víctimas afirmó que no ha recibido ninguna información de las autoridades. "
    "Los vecinos contaron que oyeron disparos en la carretera durante la madrugada y que nadie llegó para ayudarlos."
)
ENGLISH = (
    "The mayor of the town said on Tuesday that three people died during the flood and two others are still in hospital. "
    "The family of one of the victims said that they had received no information from the authorities. "
    "Neighbours told reporters that they heard shots on the road during the night and that nobody came to help them."
)
PORTUGUESE = (
    "O prefeito da aldeia disse na terça-feira que três moradores morreram e que outros dois ainda estão no hospital da cidade. "
    "A família não recebeu nenhuma informação das autoridades, e ninguém apareceu para ajudar durante a madrugada. "
    "Os moradores contaram que ouviram tiros na estrada e que não viram nenhuma viatura da polícia. "
)


def text(content: str | bytes, dct: str | None = None) -> Document:
    data = content.encode() if isinstance(content, str) else content
    return ingest.document(Capture(hashlib.sha256(data).hexdigest(), "text/plain", data, (Sighting("a/nota.txt"),)), dct=dct)


def test_plain_text_is_kept_as_it_is() -> None:
    document = text("\n Hola,\r\n  “mundo”. \n")
    assert document.text == "\n Hola,\r\n  “mundo”. \n"
    assert document.offsets == (Segment(0, len(document.text), 0),)
    assert (document.label, document.dct, document.title) == ("a/nota.txt", None, None)


@pytest.mark.parametrize("value", ["2018", "2018-01", "2018-01-15"])
def test_the_header_is_metadata_and_no_text(value: str) -> None:
    document = text(f" date {value} \nMurió el alcalde.", dct="1999")
    assert document.text == "Murió el alcalde."
    assert document.dct == Dct(value, "input", "header of the file")
    assert document.offsets[0].source == len(f" date {value} \n")


@pytest.mark.parametrize("start", ["data 2018 ", "date 18 ", "date 2018x ", "El date 2018 ", "date2018 "])
def test_what_is_no_header_is_text(start: str) -> None:
    assert text(start + "Murió el alcalde.").text == start + "Murió el alcalde."


def test_a_header_with_a_date_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnreadableInput, match=r"a/nota\.txt: the header says 'date 2018-13'; expected: a year"):
        text("date 2018-13 Murió el alcalde.")


@pytest.mark.parametrize("content", ["date 2018-01", "date 2018-01\n  \n", "\ufeff \n"])
def test_a_text_of_nothing_is_refused(content: str) -> None:
    with pytest.raises(UnreadableInput, match="a report without text"):
        text(content)


def test_the_users_date_dates_what_has_none() -> None:
    assert text("Murió el alcalde.", dct="2018-01-15").dct == Dct("2018-01-15", "user", "--dct")
    with pytest.raises(UsageError, match="--dct: no date: 'enero'"):
        text("Murió el alcalde.", dct="enero")


@pytest.mark.parametrize("value", ["2018", "2018-02", "2020-02-29", "2018-01-15T09:30", "2018-01-15T09:30:05.5Z", "2018-01-15T23:59:59-04:30"])
def test_creation_times(value: str) -> None:
    assert is_dct(value)


@pytest.mark.parametrize(
    "value", ["", "18", "2018-00", "2018-1-5", "2019-02-29", "2018-01-15T24:00", "2018-01-15T09:60", "2018\n", "2018-01/2018-02", "2018-01T09:30"]
)
def test_no_creation_times(value: str) -> None:
    assert not is_dct(value)


def test_the_id_is_of_the_bytes_and_the_extractor() -> None:
    assert text("Hola.").id == text("Hola.").id
    assert len({text("Hola.").id, text("Hola. ").id, identity.document_id(text("Hola.").capture, "text 2")}) == 3
    assert len(text("Hola.").id) == 16
    assert int(text("Hola.").id, 16)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Faro.example.VE/Nota-1/?utm_source=x&fbclid=1&b=2&a=1#comentarios", "faro.example.ve/Nota-1?a=1&b=2"),
        ("http://faro.example.ve:80/nota-1", "faro.example.ve/nota-1"),
        ("https://faro.example.ve/?p=12&utm_medium=y", "faro.example.ve?p=12"),
        ("https://faro.example.ve/", None),
        ("nota-1.html", None),
        ("http://[::1", None),
        ("", None),
    ],
)
def test_canonical_addresses(url: str, key: str | None) -> None:
    assert identity.canonical(url) == key


def test_an_article_is_its_address_else_publisher_and_title_else_itself() -> None:
    named = identity.article("d1", url=None, publisher="El Faro", title="Tres  Heridos en Río Seco")
    assert named == identity.article("d2", url="https://faro.example/", publisher="EL FARO", title="Tres heridos en rio seco")
    assert named != identity.article("d2", url=None, publisher="La Voz", title="Tres heridos en rio seco")
    assert identity.article("d1", url="https://faro.example/n/1", publisher="El Faro", title="Tres") == "faro.example/n/1"
    assert identity.article("d1", url=None, publisher=None, title="Tres") == "d1"


@given(st.text())
def test_no_address_breaks_it(url: str) -> None:
    for address in (url, f"https://{url}", f"https://x.example/{url}"):
        identity.canonical(address)
        identity.region("es", url=address, publisher=url)


@pytest.mark.parametrize(
    ("given", "text", "final", "code"),
    [
        ("es", ENGLISH, True, "es"),
        ("es-VE", SPANISH, False, "es"),
        ("en", SPANISH, False, "es"),
        ("es", ENGLISH, False, "en"),
        ("en_US", "Murió.", False, "en"),
        (None, SPANISH, False, "es"),
        (None, ENGLISH, False, "en"),
        (None, PORTUGUESE, False, "pt"),
        ("español", SPANISH, True, "es"),
        (None, "¡No!", False, None),
    ],
)
def test_languages(given: str | None, text: str, final: bool, code: str | None) -> None:
    assert identity.language(given, text, final=final) == code


@pytest.mark.parametrize(
    ("language", "url", "publisher", "region"),
    [
        ("es", "https://faro.com.ve/n", None, "es-VE"),
        ("es", "https://faro.com/n", "voz.cl", "es-CL"),
        ("es", "https://faro.com/n", "El Faro", None),
        ("en", "https://faro.com.ve/n", None, None),
        (None, "https://faro.com.ve/n", None, None),
    ],
)
def test_regions(language: str | None, url: str, publisher: str | None, region: str | None) -> None:
    assert identity.region(language, url=url, publisher=publisher) == region
