"""The command line: what each command shows, says and exits with, on small invented reports."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from careo import __version__
from careo.model import Anchor
from careo.present.cli import main
from careo.present.shown import ENTITY, HIDDEN
from careo.store.case import Case

ONE = (
    "date 2018-01-15 El comandante Arturo Mendieta fue detenido el viernes en Caracas. La fiscal Rosa Quispe dijo que la detención fue legal. "
    "Mendieta está acusado de atacar un cuartel."
)
TWO = (
    "La fiscal Rosa Quispe informó que el 12 de enero de 2018 hombres armados atacaron una comisaría en Maracaibo "
    "y que al menos tres personas murieron. "
    "Luis Mendieta negó los hechos.\x1b[2J\u202e"
)
ENGLISH = (
    "The spokeswoman of the city hospital said on Tuesday that eleven people had arrived, and that all of them had been seen by the doctors on duty."
)

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def run() -> Run:
    """A command in this process."""

    def call(*words: str | Path, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Result:
        made = CliRunner().invoke(main, [str(word) for word in words], input=stdin, env={"CAREO_JOBS": "1", "CAREO_LANG": None, **(env or {})})
        assert made.exception is None or isinstance(made.exception, SystemExit), made.exception
        assert "Traceback" not in made.output
        return made

    return call


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports, one of them in English, and one file that is none."""
    made = tmp_path_factory.mktemp("reportes")
    (made / "uno.txt").write_text(ONE, encoding="utf-8")
    (made / "dos.jsonl").write_text(json.dumps({"id": "dos", "text": TWO, "publisher": "Radio [Sur]", "dct": "2018-01-15"}) + "\n", encoding="utf-8")
    (made / "tres.txt").write_text(ENGLISH, encoding="utf-8")
    (made / "vacio.txt").write_text("", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def added(run: Run, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A case of these reports, and what `careo add` said."""
    case = tmp_path_factory.mktemp("casos") / "x.careo"
    return case, run("add", case, folder)


@pytest.fixture(scope="module")
def case(added: tuple[Path, Result]) -> Path:
    """The case."""
    return added[0]


def content_of(path: Path) -> str:
    """A hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


# ---------------------------------------------------------------- adding


def test_adding_says_what_became_of_each_report(added: tuple[Path, Result]) -> None:
    _, result = added
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "2 leídos, 0 ya conocidos, 1 sin leer, 1 con fallas" in result.stderr
    assert "falló vacio.txt" in result.stderr
    assert "sin leer por idioma: en 1" in result.stderr
    assert "\x1b" not in result.stderr


def test_adding_again_finds_all_known(run: Run, case: Path, folder: Path) -> None:
    before = run("chronology", case, "--format", "json").stdout
    result = run("add", case, folder)
    assert "0 leídos, 3 ya conocidos, 0 sin leer, 1 con fallas" in result.stderr
    assert run("chronology", case, "--format", "json").stdout == before


def test_when_all_is_read_the_exit_status_is_0(run: Run, folder: Path, tmp_path: Path) -> None:
    result = run("--lang", "en", "add", tmp_path / "y.careo", folder / "uno.txt")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (0, "1 read, 0 known already, 0 unread, 0 failed")


def test_a_date_given_by_hand_dates_only_reports_without_one(run: Run, folder: Path, tmp_path: Path) -> None:
    undated = tmp_path / "sin.txt"
    undated.write_text("Ayer hombres armados atacaron una comisaría en Caracas.", encoding="utf-8")
    run("add", tmp_path / "y.careo", undated, folder / "uno.txt", "--dct", "2020-05-02")
    made = json.loads(run("chronology", tmp_path / "y.careo", "--format", "json").stdout)
    assert {one["published"] for entry in made["entries"] for one in entry["evidence"]} == {"2020-05-02", "2018-01-15"}
    assert "2020-05-01" in [entry["when"] for entry in made["entries"]]


# ---------------------------------------------------------------- the chronology


def entries(result: Result) -> list[dict[str, Any]]:
    made = json.loads(result.stdout)
    assert made["format"] == 1
    found = made["entries"] + made["undated"]
    assert isinstance(found, list)
    return found


def test_the_chronology_as_json_is_tied_to_the_text(run: Run, case: Path) -> None:
    made = json.loads(run("chronology", case, "--format", "json").stdout)
    assert {"format", "generation", "language_version", "entries", "undated", "entities"} <= set(made)
    attack = next(one for one in made["entries"] if one["kind"] == "attack")
    assert attack["when"] == "2018-01-12"
    assert {"id", "when", "part", "kind", "what", "where", "participants", "status", "origins", "reports", "part_of", "causes", "evidence"} <= set(
        attack
    )
    evidence = next(one for one in attack["evidence"] if one["publisher"] == "Radio [Sur]")
    assert TWO[evidence["start"] : evidence["end"]] == evidence["exact"]
    assert TWO[evidence["trigger"]["start"] : evidence["trigger"]["end"]] == "atacaron"
    assert TWO[: evidence["start"]].endswith(evidence["prefix"])
    assert evidence["attribution"] == ["Rosa Quispe"]
    assert {"report", "field", "suffix", "published"} <= set(evidence)
    rosa = next(one for one in made["entities"] if one["name"] == "Rosa Quispe")
    assert len({mention["report"] for mention in rosa["mentions"]}) == 2


def test_the_chronology_for_readers_gives_dates_words_and_who_says_so(run: Run, case: Path) -> None:
    shown = run("chronology", case).stdout
    assert "12 de enero de 2018" in shown
    assert "atacaron" in shown
    assert "lo dice: Rosa Quispe; Radio [Sur] (publicado 15 de enero de 2018)" in shown
    assert "January" in run("--lang", "en", "chronology", case).stdout


def test_what_somebody_is_accused_of_is_marked(run: Run, case: Path) -> None:
    alleged = [one for one in entries(run("chronology", case, "--format", "json")) if one["status"] == "alleged"]
    assert alleged, "the report was written to hold an accusation"
    assert "[acusación o versión, sin confirmar]" in run("chronology", case).stdout


def test_the_chronology_as_markdown_escapes_what_reports_say(run: Run, case: Path) -> None:
    shown = run("chronology", case, "--format", "md").stdout
    assert "## 12 de enero de 2018" in shown
    assert "Radio \\[Sur\\]" in shown


@pytest.mark.parametrize("shape", ["text", "json", "md"])
def test_nothing_in_a_report_steers_the_terminal(run: Run, case: Path, shape: str) -> None:
    result = run("chronology", case, "--format", shape)
    assert not set("\x1b\u202e") & set(result.output)


def test_only_a_stretch_of_time(run: Run, case: Path) -> None:
    whole = entries(run("chronology", case, "--format", "json"))
    assert any(one["when"] is None for one in whole)
    inside = entries(run("chronology", case, "--format", "json", "--from", "2018-01-12", "--to", "2018-01"))
    assert inside
    assert all(one["when"] and one["when"].startswith("2018-01") for one in inside)
    assert entries(run("chronology", case, "--format", "json", "--to", "2017")) == []


def test_only_what_names_one_person(run: Run, case: Path) -> None:
    made = entries(run("chronology", case, "--format", "json", "--person", "arturo mendieta"))
    assert made
    assert all("Mendieta" in " ".join(evidence["exact"] for evidence in one["evidence"]) or "Mendieta" in str(one["participants"]) for one in made)
    assert len(made) < len(entries(run("chronology", case, "--format", "json")))


# ---------------------------------------------------------------- search and show


def test_search_finds_words_in_any_form(run: Run, case: Path) -> None:
    shown = run("search", case, "hombre armado").stdout
    assert "hombres armados" in shown
    assert run("search", case, "hombre armado", "--exact").stdout == ""
    assert "Nada encontrado." in run("search", case, "dinosaurio").stderr
    assert "city hospital" in run("search", case, "hospital").stdout


def test_show_gives_an_entry_a_person_and_a_report(run: Run, case: Path) -> None:
    made = json.loads(run("chronology", case, "--format", "json").stdout)
    entry = made["entries"][0]
    assert entry["evidence"][0]["exact"].split()[0] in run("show", case, entry["id"][:8]).stdout
    person = run("show", case, "Rosa Quispe").stdout
    assert "menciones en 2 reportes" in person
    report = run("show", case, "uno.txt").stdout
    assert "La fiscal Rosa Quispe dijo" in report
    assert "visto en: uno.txt" in report
    assert "guardado y buscable, sin leer" in run("show", case, "tres.txt").stdout
    assert "\x1b" not in run("show", case, "dos").stdout


def test_a_post_is_shown_with_its_own_author_and_day(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nota.txt").write_text(
        "date 2018-01-20 El puerto sigue cerrado desde el lunes, dijo la alcaldesa de la ciudad.\n\n"
        "Acaban de atacar el puente viejo pic.twitter.com/abcdefghij — Radio Sur (@RadioSur) 15 de enero de 2018\n",
        encoding="utf-8",
    )
    run("add", tmp_path / "p.careo", tmp_path / "nota.txt")
    with Case.open(tmp_path / "p.careo", read_only=True) as opened:
        (post,) = [one for one in opened.documents() if one.parent]
    shown = run("show", tmp_path / "p.careo", post.id).stdout
    assert "RadioSur" in shown
    assert "fecha de creación: 15 de enero de 2018" in shown
    assert "sin leer" not in shown
    assert "alcaldesa" not in shown


def test_a_name_that_fits_several_lists_them(run: Run, case: Path) -> None:
    result = run("show", case, "Mendieta")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "«Mendieta» corresponde a varios:" in result.stderr
    assert "persona  Arturo Mendieta" in result.stderr
    assert "persona  Luis Mendieta" in result.stderr


def test_a_person_who_is_masked_is_shown_nowhere(run: Run, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "m.careo"
    run("add", path, folder / "uno.txt", folder / "dos.jsonl")
    made = json.loads(run("chronology", path, "--format", "json").stdout)
    mention = next(one for one in made["entities"] if one["name"] == "Rosa Quispe")["mentions"][0]
    with Case.open(path) as opened:
        anchor = Anchor(mention["report"], mention["field"], "chains", mention["start"], mention["end"], ENTITY)
        opened.judge("mask", anchor, "HIDE", because="peligro", by="ana", at="2024-05-01T10:00:00Z")
    said = [run(*words).output for words in (
        ("chronology", path), ("chronology", path, "--format", "json"), ("chronology", path, "--format", "md"),
        ("search", path, "fiscal"), ("show", path, "uno.txt"), ("show", path, "dos"),
    )]  # fmt: skip
    assert not any("Quispe" in one for one in said)
    assert all(HIDDEN in one for one in said)


# ---------------------------------------------------------------- reading without a case


def test_read_gives_one_object_a_report_in_the_order_of_the_input(run: Run, folder: Path) -> None:
    result = run("read", folder / "uno.txt", folder / "dos.jsonl", folder / "tres.txt", "--format", "jsonl")
    made = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["id"] for one in made] == ["uno.txt", "dos", "tres.txt"]
    assert made[0]["dct"]["given"] == "2018-01-15"
    assert made[1]["text"] == TWO
    assert "events" not in made[2]


@pytest.mark.parametrize(("stdin", "text"), [('{"text": "Llegó ayer."}\n', "Llegó ayer."), ("Llegó ayer.", "Llegó ayer.")])
def test_standard_input_is_json_lines_or_one_text(run: Run, stdin: str, text: str) -> None:
    result = run("read", "-", "--format", "jsonl", "--dct", "2018-01-15", stdin=stdin)
    (line,) = result.stdout.splitlines()
    assert json.loads(line)["text"] == text


def test_read_as_text_shows_words_with_their_rule(run: Run, folder: Path) -> None:
    shown = run("read", folder / "uno.txt", "--format", "text").stdout
    assert "«detenido»" in shown
    assert "(events/" in shown


def test_what_cannot_be_read_is_said_and_the_rest_is_read(run: Run, folder: Path) -> None:
    result = run("read", folder / "vacio.txt", folder / "uno.txt", "--format", "jsonl")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "falló vacio.txt" in result.stderr


def test_the_profile_tells_the_time_by_layer(run: Run, folder: Path) -> None:
    said = run("read", folder / "uno.txt", "--profile", "--format", "jsonl").stderr
    assert all(layer in said for layer in ("parse", "times", "events", "claims", "ingest"))
    assert "1 reportes en" in said


# ---------------------------------------------------------------- cases that are not finished, and those that are none


def test_an_uncollated_case_opens_says_so_and_reading_it_writes_nothing(run: Run, case: Path, tmp_path: Path) -> None:
    copy = tmp_path / "z.careo"
    copy.write_bytes(case.read_bytes())
    with Case.open(copy) as opened:
        opened.judge("note", Anchor("x", "text", "mentions", 0, 1), "NOTE", because="nota", by="ana", at="2024-05-01T10:00:00Z")
    before = content_of(copy)
    for words in (["chronology", copy], ["search", copy, "fiscal"], ["show", copy, "uno.txt"]):
        result = run(*words)
        assert result.exit_code == 0
        assert "careo collate" in result.stderr
    assert content_of(copy) == before
    assert run("collate", copy).exit_code == 0
    assert run("chronology", copy).stderr == ""


BAD = [
    (["chronology", "{no}"], "no such file"),
    (["chronology", "{text}"], "no case file"),
    (["search", "{no}", "x"], "no such file"),
    (["collate", "{no}"], "no such file"),
    (["add", "{new}", "{no}"], "no such file or folder"),
    (["add", "{new}", "{text}", "--dct", "ayer"], "no date"),
    (["add", "{new}", "{text}", "--jobs", "0"], "number of jobs"),
    (["read", "{text}", "--model", "no_such_model"], "not installed"),
    (["chronology", "{case}", "--from", "ayer"], "no date"),
    (["chronology", "{case}", "--person", "Nadie"], "nothing is called"),
    (["show", "{case}", "nadie"], "nothing is called"),
    (["search", "{case}", "¿?"], "no word to search for"),
    (["--lang", "qu", "chronology", "{case}"], "language of the interface"),
]


@pytest.mark.parametrize(("words", "said"), BAD, ids=lambda one: " ".join(one) if isinstance(one, list) else one)
def test_what_cannot_work_is_said_in_one_message(run: Run, case: Path, folder: Path, tmp_path: Path, words: list[str], said: str) -> None:
    places = {"no": tmp_path / "no", "new": tmp_path / "new.careo", "text": folder / "uno.txt", "case": case}
    result = run(*(word.format(**{name: str(path) for name, path in places.items()}) for word in words), env={"CAREO_LANG": "en"})
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not places["new"].exists()


# ---------------------------------------------------------------- help and version


def test_the_version(run: Run) -> None:
    assert run("--version").stdout == f"careo {__version__}\n"


def test_help_speaks_the_language_of_the_interface(run: Run) -> None:
    assert "Muestra la cronología de un caso" in run("chronology", "--help").stdout
    assert "Show the chronology of a case" in run("--lang", "en", "chronology", "--help").stdout
    assert "Show the chronology of a case" in run("chronology", "--help", env={"CAREO_LANG": "en"}).stdout
    assert "Órdenes" in run("--help").stdout


def test_a_word_to_search_for_is_no_option(run: Run, case: Path) -> None:
    assert run("search", case, "--", "--lang=qu").exit_code == 0


def test_every_command_and_option_has_its_spanish_help(run: Run) -> None:
    for name, command in main.commands.items():
        if name != "rules":
            said = run(name, "--help").stdout
            assert (command.help or "").split("\n")[0] not in said
            assert "Show this message" not in said


# ---------------------------------------------------------------- signals and pipes


def careo(*words: str | Path, **given: Any) -> subprocess.Popen[str]:
    """The command in a process of its own."""
    env = {**os.environ, "CAREO_JOBS": "2", "CAREO_LANG": "es"}
    command = [sys.executable, "-m", "careo", *map(str, words)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env, **given)


def test_a_closed_pipe_ends_it_quietly(case: Path) -> None:
    with careo("chronology", case, "--format", "json") as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == ""
        assert running.wait() == 141


@pytest.mark.slow
def test_an_interruption_ends_it_quietly_and_what_was_stored_stays(tmp_path: Path) -> None:
    lines = (json.dumps({"text": f"Parte {number}. El lunes murieron tres personas en Caracas, dijo la fiscal."}) + "\n" for number in range(20_000))
    (tmp_path / "muchos.jsonl").write_text("".join(lines), encoding="utf-8")
    path = tmp_path / "x.careo"
    with careo("add", path, tmp_path / "muchos.jsonl", start_new_session=True) as running:
        for _ in range(1800):
            time.sleep(0.1)
            if path.exists() and stored(path) > 3:
                break
        os.killpg(running.pid, signal.SIGINT)
        assert running.stderr
        said = running.stderr.read()
        assert running.wait() == 130
    assert "Traceback" not in said
    assert "Interrumpido." in said
    assert 3 < stored(path) < 20_000


def stored(path: Path) -> int:
    """How many reports the case holds; 0 while it is being made."""
    try:
        with Case.open(path, read_only=True) as opened:
            return opened.counts()["reports"]
    except Exception:
        return 0
