"""An invented case for the dossier: five outlets on one police operation in an invented town; and cases of any size."""

from __future__ import annotations

from datetime import date, timedelta

from careo.collate.chronology import order
from careo.model import (
    Chronology,
    Conflict,
    Copy,
    Correction,
    Dct,
    DctReading,
    Document,
    Entity,
    EntityMention,
    Entry,
    Evidence,
    Failure,
    Family,
    Layers,
    Party,
    Place,
    Reading,
    Related,
    Report,
    Side,
    Sighting,
    Span,
    Step,
    Toll,
)

AROUND = 48


def report(id: str, text: str, *, publisher: str | None = None, day: str | None = None, read: bool = True, **more: object) -> Report:
    """A report with a reading that is empty but for its date."""
    document = Document(
        id=id,
        text=text,
        capture=(id * 64)[:64],
        label=f"{id}.html",
        article=str(more.pop("article", id)),
        publisher=publisher,
        dct=Dct(day, "page") if day else None,
        language=str(more.pop("language", "es")),
        **more,  # type: ignore[arg-type]
    )
    reading = Reading(id, DctReading(day, day, "page" if day else None), Layers(), "es 1") if read else None
    return Report(document, reading, (Sighting(f"{id}.html"),))


def evidence(of: Report, exact: str, trigger: str, *attribution: str, origin: str | None = None, field: str = "text") -> Evidence:
    """The words `exact` of a report, found in its text."""
    text = of.document.text if field == "text" else of.document.title or ""
    start = text.index(exact)
    at = text.index(trigger, start)
    span = Span(start, start + len(exact))
    return Evidence(
        report=of.document.id,
        field=field,  # type: ignore[arg-type]
        span=span,
        trigger=Span(at, at + len(trigger)),
        exact=exact,
        prefix=text[max(0, start - AROUND) : start],
        suffix=text[span.end : span.end + AROUND],
        attribution=attribution,
        publisher=of.document.publisher,
        published=of.document.dct.value if of.document.dct else None,
        origin=origin or of.document.article,
    )


AGENCY = report(
    "a1",
    "Puerto Almendro, 13 may (Agencia Litoral).- Al menos cuatro personas murieron el lunes durante un operativo de la Policía Costera en el barrio "
    "La Salina, informaron vecinos. La Policía Costera dijo que sus agentes fueron atacados con disparos desde una azotea. Unas veinte personas "
    "resultaron heridas, según el hospital San Telmo.",
    publisher="Agencia Litoral",
    day="2019-05-13",
    title="Cuatro muertos en un operativo en Puerto Almendro",
    url="https://agencialitoral.example/notas/operativo-la-salina",
)
COPY = report(
    "b2",
    "Al menos cuatro personas murieron el lunes durante un operativo de la Policía Costera en el barrio La Salina, informaron vecinos.",
    publisher="Radio Faro",
    day="2019-05-13",
    title="Cuatro muertos en La Salina",
    url="https://radiofaro.example/13-05",
)
DAILY = report(
    "c3",
    "🕯️ Beatriz Luzuriaga, directora del hospital San Telmo, confirmó este martes que seis personas murieron y que dos de ellas llegaron con heridas "
    "de bala en la espalda. Vecinos contaron que los agentes dispararon primero contra la azotea. En abril o mayo la Defensoría había pedido "
    "suspender los operativos en el barrio.",
    publisher="Tribuna del Puerto",
    day="2019-05-14",
    title="Suben a seis los muertos en La Salina",
    url="https://tribunadelpuerto.example/seis-muertos",
)
DENIAL = report(
    "d4",
    "El comandante Ernesto Villalpando negó el miércoles que sus agentes hayan disparado contra vecinos. “Ningún agente disparó contra vecinos”, "
    "aseguró. El ministro anunció que el jueves llegará una comisión.",
    publisher="Canal Doce",
    day="2019-05-15",
    title="Comandante niega disparos",
    url="http://canaldoce.example/v?id=77",
)
FIX = report(
    "e5",
    "Corrección: los muertos en La Salina fueron seis y no cuatro, como se dijo en la primera versión de esta nota.",
    publisher="Radio Faro",
    day="2019-05-15",
    title="Corrección sobre La Salina",
)
FOREIGN = report("f6", "Six people were killed.", publisher="The Harbour Post", day="2019-05-14", language="en", read=False)
REPORTS = (AGENCY, COPY, DAILY, DENIAL, FIX, FOREIGN)

DEAD_4 = evidence(
    AGENCY, "Al menos cuatro personas murieron el lunes durante un operativo de la Policía Costera en el barrio La Salina", "murieron", "vecinos"
)
DEAD_4_COPY = evidence(
    COPY,
    "Al menos cuatro personas murieron el lunes durante un operativo de la Policía Costera en el barrio La Salina",
    "murieron",
    "vecinos",
    origin="a1",
)
DEAD_6 = evidence(DAILY, "seis personas murieron", "murieron", "Beatriz Luzuriaga")
DEAD_6_FIX = evidence(FIX, "los muertos en La Salina fueron seis y no cuatro", "muertos")
FIRED_AT = evidence(AGENCY, "sus agentes fueron atacados con disparos desde una azotea", "atacados", "Policía Costera")
FIRED = evidence(DAILY, "los agentes dispararon primero contra la azotea", "dispararon", "Vecinos")
DENIED = evidence(DENIAL, "negó el miércoles que sus agentes hayan disparado contra vecinos", "disparado", "Canal Doce", "Ernesto Villalpando")
COMING = evidence(DENIAL, "el jueves llegará una comisión", "llegará", "El ministro")
ASKED = evidence(DAILY, "la Defensoría había pedido suspender los operativos en el barrio", "pedido")
HURT = evidence(AGENCY, "Unas veinte personas resultaron heridas", "heridas", "hospital San Telmo")

POLICE, HEAD, WARD = "p01", "p02", "p03"


def _entry(id: str, when: str | None, kind: str, what: str, status: str, *proof: Evidence, **more: object) -> Entry:
    origins, reports = len({one.origin for one in proof}), len({one.report for one in proof})
    return Entry(id, when, kind, what, status, origins, reports, proof, **more)  # type: ignore[arg-type]


SALINA = Place("barrio La Salina")
ENTRIES = tuple(sorted((
    _entry("pedido", "[2019-04..2019-05]", "statement", "la Defensoría había pedido suspender los operativos en el barrio", "asserted", ASKED),
    _entry(
        "ataque", "2019-05-13", "attack", "sus agentes fueron atacados con disparos desde una azotea", "alleged", FIRED_AT, where=SALINA,
        participants=(Party("patient", POLICE, "Policía Costera"),),
    ),
    _entry(
        "muertes", "2019-05-13", "death", "seis personas murieron", "disputed", DEAD_4, DEAD_4_COPY, DEAD_6, DEAD_6_FIX, part="2019-05-13TMO",
        where=SALINA, participants=(Party("patient", None, "seis personas"),),
    ),
    _entry("heridos", "2019-05-13", "injury", "Unas veinte personas resultaron heridas", "asserted", HURT, part_of=("muertes",)),
    _entry(
        "disparos", "2019-05-13", "attack", "los agentes dispararon primero contra la azotea", "denied", FIRED, DENIED, where=SALINA,
        causes=("muertes",), participants=(Party("agent", POLICE, "los agentes"),),
    ),
    _entry("negativa", "2019-05-15", "statement", "El comandante Ernesto Villalpando negó el miércoles que sus agentes hayan disparado", "corrected",
           DENIED, participants=(Party("agent", HEAD, "Ernesto Villalpando"),)),
    _entry("comision", "2019-05-16", "arrival", "el jueves llegará una comisión", "announced", COMING),
), key=order))  # fmt: skip
UNDATED = (_entry("sin", None, "statement", "dos de ellas llegaron con heridas de bala en la espalda", "asserted",
                  evidence(DAILY, "dos de ellas llegaron con heridas de bala en la espalda", "llegaron", "Beatriz Luzuriaga")),)  # fmt: skip


def _mentions(name: str) -> tuple[EntityMention, ...]:
    found = ((one.document.id, one.document.text.find(name)) for one in REPORTS)
    return tuple(EntityMention(id, Span(at, at + len(name))) for id, at in found if at >= 0)


FOUR = Side("al menos 4", 1, 2, "2019-05-13", "2019-05-13", (DEAD_4, DEAD_4_COPY))
SIX = Side("6", 2, 2, "2019-05-14", "2019-05-15", (DEAD_6, DEAD_6_FIX))
CHRONOLOGY = Chronology(
    generation=12,
    language_version="es 1",
    entries=ENTRIES,
    undated=UNDATED,
    entities=(
        Entity(POLICE, "ORGANIZATION", "Policía Costera", ("Policía Costera", "los agentes"), _mentions("Policía Costera")),
        Entity(HEAD, "PERSON", "Ernesto Villalpando", ("Ernesto Villalpando", "Villalpando"), _mentions("Ernesto Villalpando"),
               related=(Related(POLICE, "comandante"),)),
        Entity("p04", "PERSON", "Beatriz Luzuriaga", ("Beatriz Luzuriaga",), _mentions("Beatriz Luzuriaga")),
        Entity(WARD, "LOCATION", "La Salina", ("La Salina",), _mentions("La Salina")),
    ),
    tolls=(
        Toll("killed", "muertes", (
            Step("2019-05-13", 4, None, "vecinos", (DEAD_4, DEAD_4_COPY), "at_least"),
            Step("2019-05-14", 6, 6, "Beatriz Luzuriaga", (DEAD_6,)),
            Step("2019-05-15", 6, 6, None, (DEAD_6_FIX,)),
        ), "barrio La Salina"),
        Toll("injured", "heridos", (Step("2019-05-13", 20, 20, "hospital San Telmo", (HURT,), "about"),)),
    ),
    conflicts=(
        Conflict("c1", "muertes", "killed", (FOUR, SIX)),
        Conflict("c2", "disparos", "agent", (
            Side("los agentes dispararon primero", 1, 1, "2019-05-14", "2019-05-14", (FIRED,)),
            Side("ningún agente disparó contra vecinos", 1, 1, "2019-05-15", "2019-05-15", (DENIED,)),
            Side("desde una azotea", 1, 1, "2019-05-13", "2019-05-13", (FIRED_AT,)),
        )),
    ),
    corrections=(Correction("k1", "muertes", "killed", Side("4", 1, 1, "2019-05-13", "2019-05-13", (DEAD_4_COPY,)),
                            Side("6", 1, 1, "2019-05-15", "2019-05-15", (DEAD_6_FIX,))),),
    copies=(Family("a1", "a1", (Copy("a1", 1.0), Copy("b2", 0.98))),),
)  # fmt: skip
FAILURES = (Failure("fotos/acta.pdf", "ingest", "no text was found"), Failure("más.jsonl, line 7", "ingest", "not JSON"))


def large(reports: int, events: int = 5) -> tuple[Chronology, list[Report]]:
    """A case of so many reports with so many entries each, over some seventy days and two years before them."""
    known = [_bulletin(n, events) for n in range(reports)]
    entries = [entry for n, one in enumerate(known) for entry in _told(n, one, events)]
    dated = sorted(entries, key=lambda one: (one.when or "", one.id))
    people = tuple(Entity(f"p{n}", "PERSON", f"Persona Inventada {n}", (f"Persona Inventada {n}", f"Inventada {n}"),
                          tuple(EntityMention(one.document.id, Span(0, 5)) for one in known[n::300])) for n in range(300))  # fmt: skip
    return Chronology(1, "es 1", tuple(dated), (), people), known


def _bulletin(n: int, events: int) -> Report:
    day = date(2019, 5, 1) + timedelta(days=n % 70)
    told = " ".join(f"Parte {n}-{m}: vecinos del barrio contaron que {m + 2} hombres atacaron la comisaría de la calle {n % 90} durante la noche, y "
                    f"que después una patrulla cerró los accesos al puerto." for m in range(events))  # fmt: skip
    name = f"Medio {n % 40}"
    return report(f"{n:016x}", told, publisher=name, day=day.isoformat(), title=f"Parte número {n}", url=f"https://medio{n % 40}.example/{n}")


def _told(n: int, one: Report, events: int) -> list[Entry]:
    day = date(2019, 5, 1) + timedelta(days=n % 70)
    made = []
    for m in range(events):
        exact = f"Parte {n}-{m}: vecinos del barrio contaron que {m + 2} hombres atacaron la comisaría de la calle {n % 90} durante la noche"
        when = f"{2017 + n % 2}-{1 + n % 12:02}" if n % 50 == 0 else (day - timedelta(days=m % 3)).isoformat()
        status = ("asserted", "asserted", "asserted", "alleged", "disputed")[(n + m) % 5]
        parties = (Party("agent", f"p{(n + m) % 300}", f"{m + 2} hombres"), Party("patient", None, "la comisaría"))
        proof = evidence(one, exact, "atacaron", "vecinos del barrio")
        made.append(_entry(f"{n:08x}{m:02x}", when, "attack", exact, status, proof, where=Place("Puerto Almendro"), participants=parties))
    return made
