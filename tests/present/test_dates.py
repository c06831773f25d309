"""Dates in words: no more precise than they are, in both languages of the interface."""

from __future__ import annotations

import pytest

from careo.present.dates import in_words
from careo.present.words import words

CASES = [
    ("2018", "2018", "2018"),
    ("2018-01", "enero de 2018", "January 2018"),
    ("2018-01-15", "15 de enero de 2018", "15 January 2018"),
    ("2018-01-15T09:30:00Z", "15 de enero de 2018, 09:30", "15 January 2018, 09:30"),
    ("[2017-04..2017-07]", "en algún momento entre abril y julio de 2017", "at some time between April and July 2017"),
    ("2017-04/2017-07", "de abril a julio de 2017", "from April to July 2017"),
    ("2018-09-07/2018-09-11", "del 7 al 11 de septiembre de 2018", "from 7 to 11 September 2018"),
    ("2018-09-28/2018-10-02", "del 28 de septiembre al 2 de octubre de 2018", "from 28 September to 2 October 2018"),
    ("2017-12-28/2018-01-02", "del 28 de diciembre de 2017 al 2 de enero de 2018", "from 28 December 2017 to 2 January 2018"),
    ("2018-01/..", "desde enero de 2018", "since January 2018"),
    ("../2018-01-15", "hasta el 15 de enero de 2018", "until 15 January 2018"),
    ("[2018-01-15..]", "no antes del 15 de enero de 2018", "not before 15 January 2018"),
    ("[..2018-01-15]", "no después del 15 de enero de 2018", "not after 15 January 2018"),
    ("198X", "entre 1980 y 1989", "between 1980 and 1989"),
    ("2018-XX", "2018", "2018"),
    ("2018-01-XX", "enero de 2018", "January 2018"),
    ("2018-01-1X", "algún día entre el 10 de enero de 2018 y el 19 de enero de 2018", "some day between 10 January 2018 and 19 January 2018"),
    ("2018-01-15~", "hacia el 15 de enero de 2018", "about 15 January 2018"),
    ("2018-01?", "enero de 2018 (dudoso)", "January 2018 (doubtful)"),
    ("2018-34", "segundo trimestre de 2018", "second quarter of 2018"),
    (None, "sin fecha", "undated"),
    ("no date", "no date", "no date"),
]


@pytest.mark.parametrize(("value", "es", "en"), CASES)
def test_a_date_in_words(value: str | None, es: str, en: str) -> None:
    assert (in_words(value, None, words("es")), in_words(value, None, words("en"))) == (es, en)


@pytest.mark.parametrize("part", ["TNI", "NI"])
def test_a_part_of_the_day(part: str) -> None:
    assert in_words("2018-01-15", part, words("es")) == "15 de enero de 2018, noche"
