"""The tools of the linguist."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from careo.present.cli import main

HOME = Path(__file__).parents[2]
SENTENCE = "El fiscal dijo el lunes que no hay pruebas contra el alcalde."


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["rules", *words], env={"CAREO_LANG": "en"})
    return done.exit_code, done.output


def test_try_shows_each_annotation_with_its_rule() -> None:
    code, said = run("try", SENTENCE, "--dct", "2018-01-17")
    assert code == 0
    assert "[el lunes]" in said
    assert "value=2018-01-15" in said
    assert "[source El fiscal]" in said
    assert "(times/" in said
    assert "(quotations/" in said


def test_explain_says_where_a_rule_stands_and_what_beat_it() -> None:
    code, said = run("explain", "el 15 de enero de 2018")
    assert code == 0
    assert "times/calendar#day-month-year: «el 15 de enero de 2018»" in said
    assert "month «enero» = 01" in said
    assert "times/calendar.yaml:" in said
    assert "beaten by" in said


def test_explain_draws_how_a_value_came_about() -> None:
    code, said = run("explain", "Lo hirieron el 27 de junio, a las 9:30 pm.", "--dct", "2018-01-15", "--region", "es-VE")
    assert code == 0
    drawing = said[said.index("t1 «el 27 de junio»") :]
    assert "month «junio» = 06" in drawing
    assert "value = XXXX-06-27" in drawing
    assert "counted: past from dct 2018-01-15" in drawing
    assert "DATE 2017-06-27 edtf 2017-06-27" in drawing
    assert "TIME 2017-06-27T21:30 edtf 2017-06-27 instant 2017-06-28T01:30Z" in drawing


def test_explain_tells_what_no_rule_file_gives() -> None:
    code, said = run("explain", "«No fue así y nadie lo sabe».")
    assert code == 0
    assert "(quotations/marks#alone)\n    in code" in said


def test_check_holds_one_rule_and_refuses_a_name_that_fits_none() -> None:
    code, said = run("check", "times/calendar#day-month-year")
    assert (code, said.splitlines()[-1].endswith("0 do not hold")) == (0, True)
    code, said = run("check", "no-such-rule")
    assert code == 2
    assert "no rule's name holds «no-such-rule»" in said


@pytest.mark.slow
@pytest.mark.skipif(not (HOME / ".git").exists(), reason="only in a checkout")
def test_diff_against_the_same_files_shows_nothing(tmp_path: Path) -> None:
    if subprocess.run(["git", "-C", str(HOME), "diff", "--quiet", "HEAD", "--", "src/careo/lang"], check=False).returncode:
        pytest.skip("the rule files differ from the last commit")
    corpus = tmp_path / "one.jsonl"
    corpus.write_text(json.dumps({"text": SENTENCE, "language": "es", "dct": "2018-01-17"}) + "\n", encoding="utf-8")
    code, said = run("diff", str(corpus), "--against", "HEAD")
    assert (code, said) == (0, "0 annotations gone, 0 new, against HEAD\n")


def test_diff_refuses_what_is_no_revision(tmp_path: Path) -> None:
    corpus = tmp_path / "one.txt"
    corpus.write_text(SENTENCE, encoding="utf-8")
    for revision in ("no-such-revision", "--output=x"):
        code, said = run("diff", str(corpus), f"--against={revision}")
        assert code == 2
        assert "revision" in said
