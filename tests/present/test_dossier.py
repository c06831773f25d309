"""The dossier as HTML: what it holds, that nothing of a report can act in it, that highlights are exact."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import urlsplit

import msgspec
import pytest
from lxml import html as parsed

from careo.model import Anchor, Chronology, Entity, EntityMention, Evidence, Failure, Judgement, Link, Report, Span, Statement, Variant
from careo.present.dossier.index import safe_anchor
from careo.present.dossier.page import dossier
from careo.present.dossier.quoting import NAME, Quoter, visible
from careo.present.dossier.view import address
from careo.present.md import chronology_lines
from careo.present.shown import HIDDEN, Masks
from careo.present.words import words
from tests.present import inventing
from tests.present.inventing import CHRONOLOGY, FAILURES, REPORTS, evidence, report

ES, EN = words("es"), words("en")


@pytest.fixture(scope="module")
def page() -> str:
    return dossier(CHRONOLOGY, REPORTS, words=ES, failures=FAILURES, name="Operativo en La Salina")


@pytest.fixture(scope="module")
def tree(page: str) -> parsed.HtmlElement:
    return parsed.document_fromstring(page)


def text(element: parsed.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def of_one(proof: Evidence, *known: Report, what: str = "algo") -> str:
    """The dossier of one entry with one evidence."""
    entry = inventing._entry("uno", "2019-05-13", "attack", what, "asserted", proof)
    return dossier(Chronology(1, "es 1", (entry,)), known, words=ES)


class Shape(HTMLParser):
    """Start tags that are not closed, and end tags that close nothing."""

    VOID = frozenset({"meta", "input", "br", "link", "hr", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Closed by itself."""

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


# ---------------------------------------------------------------- one file that sends nothing


def test_every_tag_is_closed(page: str) -> None:
    shape = Shape()
    shape.feed(page)
    assert (shape.open, shape.wrong) == ([], [])


def test_the_policy_allows_our_script_and_style_and_nothing_else(tree: parsed.HtmlElement) -> None:
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        (inline,) = tree.xpath(f"//{tag}")
        assert rules[rule] == f"'sha256-{base64.b64encode(hashlib.sha256(inline.text.encode()).digest()).decode()}'"


def test_nothing_is_fetched_and_nothing_acts(tree: parsed.HtmlElement) -> None:
    assert not tree.xpath("//*[@src or @srcset or @data or @poster or @background or @style or @action]")
    assert not tree.xpath("//link | //base | //iframe | //object | //embed | //img | //meta[@http-equiv='refresh']")
    assert not [name for one in tree.iter() for name in one.attrib if name.lower().startswith("on")]


def test_links_lead_within_the_page_or_to_a_checked_address(tree: parsed.HtmlElement) -> None:
    for link in tree.xpath("//*[@href]"):
        href = link.get("href")
        if href.startswith("#"):
            assert href == "#top" or href.startswith("#s-") or tree.get_element_by_id(href[1:]) is not None
        else:
            assert urlsplit(href).scheme in ("http", "https")
            assert link.get("rel") == "noreferrer noopener"


def test_names_of_places_are_used_once(tree: parsed.HtmlElement) -> None:
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_headings_are_in_order(tree: parsed.HtmlElement) -> None:
    levels = [int(one.tag[1]) for one in tree.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_there_are_landmarks_a_skip_link_and_spoken_labels(tree: parsed.HtmlElement) -> None:
    assert [len(tree.xpath(f"//{tag}")) for tag in ("main", "header", "footer", "nav")] == [1, 1, 1, 1]
    assert tree.xpath("//body/a[1]/@href") == ["#cronologia"]
    assert not tree.xpath("//section[@aria-labelledby and not(@aria-labelledby = .//@id)]")
    assert all(one.get("aria-label") for one in tree.xpath("//main//figure//a"))


# ---------------------------------------------------------------- what stands in it


def test_the_head_says_what_this_is(tree: parsed.HtmlElement) -> None:
    head = text(tree.xpath("//header")[0])
    assert "No dice quién tiene razón." in head
    facts = {text(one.find("dt")): text(one.find("dd")) for one in tree.xpath("//dl[@class='facts']/div")}
    assert facts == {"Reportes": "5", "Orígenes independientes": "4", "Hechos": "8", "Periodo": "del 1 de abril al 31 de mayo de 2019"}
    assert "Generación 12" in head
    assert "es 1" in head


def test_the_head_shows_what_is_in_dispute(tree: parsed.HtmlElement) -> None:
    told = [text(one) for one in tree.xpath("//header/section/ul/li")]
    assert told[0] == "Número de muertos: al menos 4 frente a 6 seis personas murieron"
    assert tree.xpath("//header/section//a/@href") == ["#c-c1", "#c-c2"]


def test_entries_stand_under_their_date_in_words(tree: parsed.HtmlElement) -> None:
    days = [text(one) for one in tree.xpath("//section[@class='day']/h3")]
    assert days == ["En algún momento entre abril y mayo de 2019", "13 de mayo de 2019", "15 de mayo de 2019", "16 de mayo de 2019", "Sin fecha"]


def test_an_entry_says_kind_status_origins_place_and_people(tree: parsed.HtmlElement) -> None:
    summary = text(tree.get_element_by_id("e-muertes").xpath("./details/summary")[0])
    assert summary.startswith("en disputa · muerte · madrugada o mañana seis personas murieron")
    assert "dónde barrio La Salina" in summary
    assert "a quién seis personas" in summary
    assert summary.endswith("3 orígenes independientes, 4 reportes")


@pytest.mark.parametrize(("entry", "status"), [("ataque", "alegado"), ("heridos", "afirmado"), ("comision", "anunciado"), ("disparos", "negado")])
def test_a_status_is_a_word(tree: parsed.HtmlElement, entry: str, status: str) -> None:
    assert text(tree.get_element_by_id(f"e-{entry}").xpath(".//b[@class='s']")[0]) == status


def test_the_legend_explains_each_status_that_occurs(tree: parsed.HtmlElement) -> None:
    told = {one.get("class") for one in tree.xpath("//dl[@class='legend']//dt")}
    assert told == {one.status for one in (*CHRONOLOGY.entries, *CHRONOLOGY.undated)}


def test_copies_fold_under_their_origin(tree: parsed.HtmlElement) -> None:
    groups = tree.get_element_by_id("e-muertes").xpath(".//section[@class='o']")
    assert len(groups) == 3
    (copies,) = groups[0].xpath("./details")
    assert text(copies.find("summary")) == "1 copia del mismo origen"
    assert "Radio Faro" in text(copies)
    assert "con las mismas palabras" in text(copies)
    assert not copies.xpath(".//mark")


def test_the_source_words_are_marked_exactly(tree: parsed.HtmlElement) -> None:
    for entry in (*CHRONOLOGY.entries, *CHRONOLOGY.undated):
        marks = tree.get_element_by_id(f"e-{entry.id}").xpath(".//mark")
        assert {one.text_content() for one in marks} == {one.exact for one in entry.evidence}
        texts = {one.document.id: one.document.text for one in REPORTS}
        assert {one.find("b").text for one in marks} == {one.trigger.of(texts[one.report]) for one in entry.evidence}


def test_words_around_stand_as_in_the_report(tree: parsed.HtmlElement) -> None:
    for passage in tree.xpath("//p[@class='w']"):
        shown = passage.text_content().removeprefix("… ").removesuffix(" …")
        assert any(shown in one.document.text for one in REPORTS)


def test_who_says_so_is_told_outermost_first(tree: parsed.HtmlElement) -> None:
    assert "según Canal Doce, que cita a Ernesto Villalpando" in text(tree.get_element_by_id("e-disparos"))


def test_sides_stand_face_to_face(tree: parsed.HtmlElement) -> None:
    conflict = tree.get_element_by_id("c-c1")
    assert [text(one) for one in conflict.xpath(".//h4")] == ["al menos 4", "6"]
    sides = [text(one) for one in conflict.xpath(".//section[@class='side']")]
    assert "1 origen, 2 reportes · dicho el 13 de mayo de 2019" in sides[0]
    assert "dicho del 14 de mayo de 2019 al 15 de mayo de 2019" in sides[1]
    assert conflict.xpath(".//p[@class='about']/a/@href") == ["#e-muertes"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("4..", "al menos 4"),
        ("..9", "hasta 9"),
        ("10..15", "entre 10 y 15"),
        ("5", "5"),
        ("told", "se afirma o se alega"),
        ("2019-05-13", "13 de mayo de 2019"),
    ],
)
def test_what_a_side_holds_is_said_in_words(value: str, said: str) -> None:
    sides = tuple(msgspec.structs.replace(one, value=value) for one in CHRONOLOGY.conflicts[0].sides)
    conflict = msgspec.structs.replace(CHRONOLOGY.conflicts[0], sides=sides)
    made = parsed.document_fromstring(dossier(msgspec.structs.replace(CHRONOLOGY, conflicts=(conflict,)), REPORTS, words=ES))
    assert text(made.get_element_by_id("c-c1").xpath(".//h4")[0]) == said


def test_an_entry_leads_to_its_conflict_correction_and_toll(tree: parsed.HtmlElement) -> None:
    assert tree.get_element_by_id("e-muertes").xpath(".//p[@class='refs']/a/@href") == ["#c-c1", "#k-k1", "#t-1"]


def test_a_toll_has_its_steps_as_table_and_picture(tree: parsed.HtmlElement) -> None:
    toll = tree.get_element_by_id("t-1")
    assert [text(one) for one in toll.xpath(".//td[@class='fig']")] == ["al menos 4", "6", "6"]
    assert toll.xpath(".//svg/@aria-label") == ["Pasos de la cifra: 13 de mayo de 2019: al menos 4; 14 de mayo de 2019: 6; 15 de mayo de 2019: 6."]
    assert [one.text for one in toll.xpath(".//*[local-name()='text'][not(@class)]")] == ["≥4", "6", "6"]
    assert not tree.get_element_by_id("t-2").xpath(".//svg")


def test_people_are_listed_with_all_names_and_places(tree: parsed.HtmlElement) -> None:
    police = tree.get_element_by_id("p-p01")
    assert "También: los agentes" in text(police)
    assert "2 menciones en 2 reportes" in text(police)
    assert [link for link in police.xpath(".//a/@href") if link.startswith("#e")] == ["#e-ataque", "#e-disparos"]
    assert "comandante: Policía Costera" in text(tree.get_element_by_id("p-p02"))


def test_reports_tell_where_they_are_from(tree: parsed.HtmlElement) -> None:
    first, second = (text(tree.get_element_by_id(f"r-{n}")) for n in (1, 2))
    assert "Agencia Litoral · 13 de mayo de 2019 (tomada de la página)" in first
    assert "https://agencialitoral.example/notas/operativo-la-salina" in first
    assert f"sha256 de la captura {'a1' * 32}" in first
    assert "Copia de reporte 1" in second


def test_unread_reports_and_failures_are_told(tree: parsed.HtmlElement) -> None:
    assert "The Harbour Post" in text(tree.get_element_by_id("sin-leer"))
    assert "más.jsonl, line 7" in text(tree.get_element_by_id("fallas"))
    assert "ingreso" in text(tree.get_element_by_id("fallas"))


def test_it_speaks_english_too() -> None:
    made = parsed.document_fromstring(dossier(CHRONOLOGY, REPORTS, words=EN, failures=FAILURES))
    assert made.get("lang") == "en"
    assert "It does not say who is right." in text(made.xpath("//header")[0])
    assert made.get_element_by_id("e-muertes").xpath(".//span[@class='what']/@lang") == ["es"]
    assert "between April and May 2019" in text(made.xpath("//section[@class='day']/h3")[0])


def test_an_empty_case_is_a_page() -> None:
    made = parsed.document_fromstring(dossier(Chronology(0, ""), (), words=ES))
    assert "La cronología está vacía." in text(made)


def test_the_same_case_is_the_same_page(page: str) -> None:
    assert dossier(CHRONOLOGY, reversed(REPORTS), words=ES, failures=reversed(FAILURES), name="Operativo en La Salina") == page


# ---------------------------------------------------------------- hostile reports

ATTACKS = [
    "<script>alert(1)</script>",
    "</style></script><script src=//x.example></script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "<!-- --><base href=//x.example>",
    "&lt;b&gt; &amp;",
    "]]><a href=javascript:alert(1)>x</a>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_a_report_holds_is_text_everywhere(attack: str) -> None:
    one = report("h1", f"Antes. {attack} murieron después. Fin.", publisher=attack, day="2019-05-13", title=attack, url=f"https://x.example/{attack}")
    one = msgspec.structs.replace(one, sightings=(msgspec.structs.replace(one.sightings[0], uri=attack),))
    proof = evidence(one, f"{attack} murieron", "murieron", attack)
    entry = msgspec.structs.replace(
        CHRONOLOGY.entries[2], id=attack, what=attack, kind=attack, evidence=(proof,), participants=(inventing.Party("agent", attack, attack),)
    )
    side = msgspec.structs.replace(inventing.FOUR, value=attack, evidence=(proof,))
    made = dossier(
        Chronology(
            1, attack, (entry,), (), (Entity(attack, "PERSON", attack, (attack, attack + "2"), (EntityMention("h1", Span(0, 5)),)),),
            (inventing.Toll(attack, attack, (inventing.Step(attack, 1, 2, attack, (proof,)),) * 2, attack),),
            (msgspec.structs.replace(CHRONOLOGY.conflicts[0], id=attack, entry=attack, property=attack, sides=(side, side)),),
        ),
        (one,), words=ES, failures=(Failure(attack, "read", attack),), name=attack,
    )  # fmt: skip
    tree = parsed.document_fromstring(made)
    assert [len(tree.xpath(f"//{tag}")) for tag in ("script", "style", "title", "img", "base")] == [1, 1, 1 + len(tree.xpath("//svg//title")), 0, 0]
    assert not [name for element in tree.iter() if isinstance(element.tag, str) for name in element.attrib if name.startswith("on")]
    assert not [link for link in tree.xpath("//@href") if not link.startswith(("#", "https://"))]
    assert tree.xpath("//mark")[0].text_content() == proof.exact
    shape = Shape()
    shape.feed(made)
    assert (shape.open, shape.wrong) == ([], [])


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x.example", "https://",
        "https://user@x.example/",
        "https://x.example\\@y.example", "https://x.example/\u202egpj", "http://x.example/\n", "http://[x", "https://x.example/" + "a" * 2000,
        "ftp://x.example/", "", None,
    ],
)  # fmt: skip
def test_addresses_that_are_no_links(url: str | None) -> None:
    assert address(url) is None


@pytest.mark.parametrize("url", ["https://x.example/a?b=c#d", "HTTP://x.example", "http://[::1]/", "https://ñandú.example/ñ"])
def test_addresses_that_are_links(url: str) -> None:
    assert address(url) == url


def test_a_script_for_an_address_stands_as_text() -> None:
    one = report("h1", "Tres hombres atacaron.", day="2019-05-13", url="javascript:alert(document.cookie)")
    tree = parsed.document_fromstring(of_one(evidence(one, "Tres hombres atacaron", "atacaron"), one))
    assert "javascript:alert(document.cookie)" in text(tree.get_element_by_id("r-1"))
    assert not tree.get_element_by_id("r-1").xpath(".//a")


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u2069", "\u200f", "\u061c", "\x00", "\x1b", "\x07", "\x7f", "\ud800", "\ufff9"])
def test_signs_that_nobody_sees_are_named(sign: str) -> None:
    one = report("h1", f"Ayer tres {sign}hombres atacaron la sede.", day="2019-05-13")
    made = of_one(evidence(one, f"tres {sign}hombres atacaron", "atacaron"), one, what=f"tres {sign}hombres")
    assert sign not in made
    made.encode("utf-8")
    tree = parsed.document_fromstring(made)
    assert tree.xpath("//mark//i/@data-c") == [f"U+{ord(sign):04X}"]
    assert tree.xpath("//mark")[0].text_content() == f"tres {sign}hombres atacaron".replace(sign, "")
    assert tree.xpath("//mark/..")[0].get("dir") == "auto"


def test_marks_of_cp1252_are_shown_as_marks() -> None:
    assert visible("\x93no\x94 \x80") == "“no” €"
    assert visible("a\r\nb\rc\u2028d") == "a\nb\nc\nd"


@pytest.mark.parametrize("before", ["🕯️", "👩‍👩‍👧", "e\u0301", "\U0001f1fb\U0001f1ea", "\u200b", "ﷺ", "𝒜𝒷"])
def test_nothing_before_a_highlight_shifts_it(before: str) -> None:
    one = report("h1", f"{before} «{before}» dijo que {before}tres hombres atacaron{before} la sede.", day="2019-05-13")
    mark = parsed.document_fromstring(of_one(evidence(one, f"tres hombres atacaron{before}", "atacaron"), one)).xpath("//mark")[0]
    assert mark.text_content() == f"tres hombres atacaron{before}"
    assert mark.find("b").text == "atacaron"


def test_a_name_of_a_megabyte_is_cut_with_a_note() -> None:
    name = "Ñ" * 1_000_000
    one = report("h1", f"{name} atacó.", day="2019-05-13", publisher=name, title=name)
    proof = evidence(one, f"{name} atacó", "atacó", name)
    entry = inventing._entry("uno", "2019-05-13", "attack", name, "asserted", proof, participants=(inventing.Party("agent", "p1", name),))
    made = dossier(Chronology(1, name, (entry,), (), (Entity("p1", "PERSON", name, (name,), ()),)), (one,), words=ES, name=name)
    assert len(made) < 100_000
    tree = parsed.document_fromstring(made)
    assert text(tree.get_element_by_id("p-p1").xpath(".//bdi")[0]) == "Ñ" * NAME + " … (recortado: 1000000 caracteres en total)"
    assert tree.xpath("//mark/b")[0].text == "atacó"


@pytest.mark.parametrize(
    ("whole", "shown"), [("uno dos", "uno dos"), ("uno dos tres cuatro", "uno dos …"), ("u" * 30, "u" * 10 + " …"), ("a  b\n", "a b")]
)
def test_a_glimpse_ends_at_a_blank(whole: str, shown: str) -> None:
    assert Quoter(ES, {}).glimpse(whole, 10) == f"<bdi>{shown}</bdi>"


@pytest.mark.parametrize(("name", "anchor"), [("ab12-x", "e-ab12-x"), ("a b", "e_7"), ("<x>", "e_7"), ("", "e_7"), ("ñ", "e_7"), ("x" * 65, "e_7")])
def test_places_on_the_page_have_plain_names(name: str, anchor: str) -> None:
    assert safe_anchor("e", name, 7) == anchor


# ---------------------------------------------------------------- masks


def masked(one: Report, words_: str, *, entity: bool = False, chronology: Chronology = CHRONOLOGY) -> Masks:
    start = one.document.text.index(words_)
    anchor = Anchor(one.document.id, "text", "mentions", start, start + len(words_), "entity" if entity else "")
    documents = {report.document.id: report.document for report in REPORTS}
    return Masks((Judgement(1, "mask", anchor, "HIDE", "safety", "ana", "2026-01-01"),), chronology.entities, documents.__getitem__)


def test_masked_people_stand_nowhere() -> None:
    masks = masked(inventing.DAILY, "Beatriz Luzuriaga", entity=True)
    made = dossier(CHRONOLOGY, REPORTS, words=ES, failures=(Failure("Beatriz Luzuriaga.txt", "ingest", "Beatriz Luzuriaga"),), masks=masks)
    assert "Luzuriaga" not in made
    assert HIDDEN in made


def test_the_address_of_a_masked_report_is_hidden() -> None:
    made = dossier(CHRONOLOGY, REPORTS, words=ES, masks=masked(inventing.DAILY, "Beatriz Luzuriaga"))
    assert "tribunadelpuerto.example" not in made
    assert "agencialitoral.example" in made
    assert "oculta, porque el reporte tiene partes ocultas" in made


def test_a_masked_name_over_the_border_of_the_highlight_stays_hidden() -> None:
    one = report("h1", "Ana Sotelo Ruiz murió. Ana Sotelo Ruiz.", day="2019-05-13")
    anchor = Anchor("h1", "text", "mentions", 23, 38)
    masks = Masks((Judgement(1, "mask", anchor, "HIDE", "safety", "ana", "2026-01-01"),), (), lambda _: one.document)
    entry = inventing._entry("uno", "2019-05-13", "death", "murió", "asserted", evidence(one, "Ana Sotelo Ruiz murió", "Sotelo Ruiz murió"))
    made = dossier(Chronology(1, "es 1", (entry,)), (one,), words=ES, masks=masks)
    assert "Sotelo" not in made
    assert text(parsed.document_fromstring(made).xpath("//mark")[0]) == f"{HIDDEN} murió"


def test_what_was_rejected_or_left_uncompared_is_counted() -> None:
    made = dossier(msgspec.structs.replace(CHRONOLOGY, rejected=CHRONOLOGY.entries[:2], unjoined=7), REPORTS, words=ES)
    facts = {text(one.find("dt")): text(one.find("dd")) for one in parsed.document_fromstring(made).xpath("//dl[@class='facts']/div")}
    assert facts["Rechazados"] == "2"
    assert "7 menciones de hechos" in made


def test_a_statement_in_several_wordings_has_them_all() -> None:
    fuller, shorter = inventing.DEAD_4, inventing.DEAD_6
    variants = [Variant(one.report, one.field, (one.span,), "direct", one) for one in (fuller, shorter)]
    said = Statement("s1", "Ernesto Villalpando", None, variants[0], variants[1], tuple(variants), 2, 2)
    made = parsed.document_fromstring(dossier(msgspec.structs.replace(CHRONOLOGY, quotations=(said,)), REPORTS, words=ES))
    (section,) = made.xpath("//section[@id='citas']")
    assert len(section.xpath(".//p[@class='w']")) == 2


def test_two_entries_that_may_be_one_are_asked_about_here_and_in_markdown() -> None:
    sides = [Anchor(one.report, one.field, "events", one.trigger.start, one.trigger.end) for one in (inventing.DEAD_6, inventing.ASKED)]
    asked = msgspec.structs.replace(CHRONOLOGY, doubts=(Link(sides[0], sides[1], "event", "UNSURE", 0.5, "the same place"),))
    made = parsed.document_fromstring(dossier(asked, REPORTS, words=ES))
    (line,) = made.xpath("//section[@id='dudas']//li")
    assert "el mismo lugar" in text(line)
    for href in line.xpath(".//a/@href"):
        assert made.xpath(f"//*[@id='{href[1:]}']"), "a link leads to an entry"
    lines = list(chronology_lines(asked, ES, lambda _: "reporte"))
    assert [one for one in lines if "el mismo lugar" in one]
    assert not any("el mismo lugar" in one for one in chronology_lines(CHRONOLOGY, ES, lambda _: "reporte"))


# ---------------------------------------------------------------- size


def test_a_thousand_reports_are_a_small_file() -> None:
    chronology, reports = inventing.large(200)
    made = dossier(chronology, reports, words=ES)
    assert len(chronology.entries) == 1000
    assert len(made.encode()) < 1_500 * len(chronology.entries)


def test_context_that_several_copies_share_stands_once() -> None:
    said = re.findall(
        "Al menos cuatro personas", dossier(msgspec.structs.replace(CHRONOLOGY, conflicts=(), corrections=(), tolls=()), REPORTS, words=ES)
    )
    assert len(said) == 1
