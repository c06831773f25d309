"""`careo times`: what it prints, and how it fails."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from careo.present.cli import main


def run(*words: str) -> Result:
    """The command in this process."""
    return CliRunner().invoke(main, ["times", *words], env={"CAREO_LANG": None})


def test_each_expression_has_its_value_date_rule_and_reason() -> None:
    made = run("El viernes 13 de enero, a las 9:30 pm, cayó el puente.", "--dct", "2018-01-15", "--region", "es-VE")
    assert made.exit_code == 0, made.output
    assert made.output.splitlines() == [
        "t1 «El viernes 13 de enero»  DATE 2018-01-13 edtf 2018-01-13  (times/calendar#weekday-day-month)",
        "   contado hacia atrás desde la fecha del reporte, 2018-01-15; 2018-01-13 es sábado y no viernes",
        "t2 «las 9:30 pm»  TIME 2018-01-13T21:30 edtf 2018-01-13 instant 2018-01-14T01:30Z  (times/clock#clock)",
        "   en el día de t1, 2018-01-13; hora de es-VE, -04:00",
    ]


def test_a_creation_time_that_the_words_narrow_comes_first() -> None:
    made = run("Hoy, lunes 15 de enero de 2018, cayó el puente.", "--dct", "2018-01")
    assert made.output.startswith("dct 2018-01-15: ")


def test_without_a_date_values_stay_open() -> None:
    assert "DATE XXXX-XX-XX edtf -" in run("Cayó ayer.").output


def test_no_expression_is_said_so() -> None:
    made = run("Cayó el puente.")
    assert made.exit_code == 0
    assert len(made.output.splitlines()) == 1


@pytest.mark.parametrize("dct", ["2018-13", "ayer", ""])
def test_a_wrong_date_is_a_wrong_call(dct: str) -> None:
    made = run("Cayó ayer.", "--dct", dct)
    assert made.exit_code == 2
    assert "se espera: una fecha como 2018" in made.output


def test_what_comes_in_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in run("Cayó \x1b[2Jayer, el 3 de enero\u202e de 2018.").output
