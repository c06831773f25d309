"""Bytes to characters, in the order of DESIGN §7."""

from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careo.errors import UnreadableInput
from careo.ingest.encoding import decode

SPANISH = "El niño murió en Cúcuta, según el señor Muñoz. «¿Qué pasó?», preguntó."
LETTERS = st.text(st.sampled_from("aeiou ñáéíóúü ¿¡«»bcd.\n"), min_size=1)


@given(LETTERS)
def test_utf8_comes_back_as_it_went(text: str) -> None:
    assert decode(text.encode()) == text
    assert decode(codecs.BOM_UTF8 + text.encode()) == text


@given(LETTERS, st.sampled_from([("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE), ("utf-32-le", codecs.BOM_UTF32_LE)]))
def test_a_mark_says_which_code_it_is(text: str, code: tuple[str, bytes]) -> None:
    assert decode(code[1] + text.encode(code[0])) == text


@given(st.lists(st.sampled_from(SPANISH.split()), min_size=1))
def test_spanish_in_cp1252_is_read_as_that(words: list[str]) -> None:
    text = f"“La señora” {' '.join(words)}"
    assert decode(text.encode("cp1252")) == text


@given(st.binary())
def test_a_page_of_any_bytes_is_decoded_and_a_text_decoded_or_refused(data: bytes) -> None:
    decode(data, markup=True).encode()
    with contextlib.suppress(UnreadableInput):
        decode(data, where="x.txt").encode()


def test_what_a_page_declares_comes_before_detection() -> None:
    page = f'<html><meta charset="iso-8859-5"><p>{"Это письмо"}'
    assert decode(page.encode("iso-8859-5"), markup=True) == page
    assert decode(b"<?xml version='1.0' encoding='iso-8859-1'?><p>\x93a\xf1o\x94", markup=True).endswith("“año”")


@pytest.mark.parametrize("name", ["rot13", "unicode-escape", "utf-7", "idna", "nada", "utf-16"])
def test_a_declaration_that_browsers_do_not_know_counts_for_nothing(name: str) -> None:
    page = f'<meta charset="{name}"><p>{SPANISH}'
    assert decode(page.encode(), markup=True) == page


def test_a_latin_declaration_yields_to_utf8_throughout() -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"><p>{SPANISH}'
    assert decode(page.encode(), markup=True) == page
    assert decode(page.encode("cp1252"), markup=True) == page


def test_a_wrong_declaration_of_utf8_yields_to_detection() -> None:
    page = f'<meta charset="utf-8"><p>{SPANISH}'
    assert decode(page.encode("cp1252"), markup=True) == page


def test_c1_characters_stay() -> None:
    assert decode("dijo \x93sí\x94".encode()) == "dijo \x93sí\x94"


def test_broken_utf8_names_line_and_byte() -> None:
    data = f"{SPANISH}\nmurió ".encode() + b"\xf1 otra vez\n" + SPANISH.encode()
    with pytest.raises(UnreadableInput) as caught:
        decode(data, where="nota.txt")
    assert caught.value.where == "nota.txt"
    assert "broken UTF-8 in line 2, byte 0xf1" in caught.value.found
    assert caught.value.mend


def test_broken_bytes_of_a_page_are_marked() -> None:
    assert decode(f"<p>{SPANISH}".encode() + b"\xf1 fin", markup=True) == f"<p>{SPANISH}\ufffd fin"
