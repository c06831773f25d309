"""Names of people, bodies and places compared: what may be two forms of one name, how likely, and why, in words.

A comparator for Spanish names: given names and two surnames are told apart and aligned; small words, initials, familiar forms, spelling and
slips of one letter are seen through. What it knows of the language is handed in as data (`Knowledge`, from `lang/es/people`). It judges names
alone; what speaks for two reports meaning the same person (the same week, the same office, the same company) is added in
`collate/linking.py`. Method and measurements: docs/entities.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import Literal, NamedTuple

import regex

from careo.model import Kind
from careo.text import View, fold

Form = Literal["plain", "acronym", "handle", "nickname", "given", "kin"]

_INITIAL, _LONG, _PREFIX = 1, 5, 3
_ACRONYM = regex.compile(r"\p{Lu}[\p{Lu}\d&]{1,7}s?")
_WORDS = regex.compile(r"[\p{L}\d&]+")
_PIECES = regex.compile(r"[,;:()\[\]«»\"—–\n]+|\s-+\s")
_NAMING = regex.compile(r"[\p{Lu}\d]")


@dataclass(frozen=True)
class Knowledge:
    """What is known of the names of a language; all words are folded.

    `spelling`: letters and what they sound like, in the order in which they are replaced. `hypocorism`: a familiar form and the given names that it
    may stand for. `equivalent`: another form of a name that all know. `generic`: first words that many bodies share. `known`: names that so many
    reports have that it says little when two have one.
    """

    particle: frozenset[str]
    article: frozenset[str]
    preposition: frozenset[str]
    conjunction: frozenset[str]
    legal: frozenset[str]
    alias: frozenset[str]
    only_kin: frozenset[str]
    generic: frozenset[str]
    title: frozenset[str]
    kin: frozenset[str]
    given: frozenset[str]
    surname: frozenset[str]
    place: frozenset[str]
    known: frozenset[str]
    suffix: Mapping[str, str]
    equivalent: Mapping[str, str]
    hypocorism: Mapping[str, tuple[str, ...]]
    spelling: tuple[tuple[str, str], ...]

    def __hash__(self) -> int:
        return id(self)

    def sound(self, word: str) -> str:
        """`word` with letters that are easily confused made one."""
        return _sound(word, self.spelling)

    def roots(self, word: str) -> tuple[str, ...]:
        """The given names that `word` may stand for, itself first."""
        return (word, *self.hypocorism.get(word, ()))


@lru_cache(maxsize=100_000)
def _sound(word: str, spelling: tuple[tuple[str, str], ...]) -> str:
    for letters, sound in spelling:
        word = word.replace(letters, sound)
    return word


@dataclass(frozen=True, slots=True)
class Name:
    """One name, taken apart. `words` are folded, without small words, titles, `suffix` and legal form. `given`: given names alone («Juan Diego»)."""

    kind: Kind
    text: str
    words: tuple[str, ...]
    form: Form = "plain"
    suffix: str = ""
    key: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Names with one `key` are equal: kind, words and suffix. A by-name or a relative's description is no name of that word."""
        object.__setattr__(self, "key", "\0".join((self.kind, *self.words, self.suffix, self.form if self.form in _APART else "")))


_APART = frozenset({"nickname", "kin"})


class Likeness(NamedTuple):
    """How two names of one kind may be of one: `base` from 0 to 1 before anything else is known, and why. `different`: they cannot be one."""

    base: float
    why: str
    different: bool = False


# ---------------------------------------------------------------- a name taken apart


def core(text: str, kind: Kind, know: Knowledge) -> str:
    """The part of `text` that names: «el presidente Arturo Paz» → «Arturo Paz»; nothing where only a common noun does («el hermano de Rosa»)."""
    titles = know.title if kind == "PERSON" else frozenset()
    pieces = [_without_article(piece.split(), know) for piece in _PIECES.split(View(text).text) if piece.strip()]
    heads = [words for words in pieces if _names(words[0]) and not (titles and _is_title(words, titles))]
    found = heads or [made for words in pieces if (made := _behind_noun(words, titles, know))]
    return " ".join(found[0]) if found else ""


def _is_title(words: list[str], titles: frozenset[str]) -> bool:
    """Whether a phrase for a person begins with a title: a known one, or letters («CEO») before words that are not in capitals."""
    return fold(words[0]) in titles or (
        len(words) > 1 and len(words[0]) > 1 and words[0].isupper() and words[0].isalpha() and not words[-1].isupper()
    )


def _names(word: str) -> bool:
    return word.startswith("@") or bool(_NAMING.search(word))


def _without_article(words: list[str], know: Knowledge) -> list[str]:
    """An article that a sentence or a phrase begins with; «El Salvador» keeps its own."""
    opens = len(words) > 1 and fold(words[0]) in know.article and (words[0][:1].islower() or not _names(words[1]))
    return words[1:] if opens else words


def _behind_noun(words: list[str], titles: frozenset[str], know: Knowledge) -> list[str]:
    """What stands behind the common nouns or titles that a phrase begins with, unless a preposition joins the two."""
    start = next((place for place, word in enumerate(words) if _names(word) and fold(word) not in titles), len(words))
    return words[start:] if start < len(words) and (not start or fold(words[start - 1]) not in know.preposition) else []


@lru_cache(maxsize=200_000)
def parse(text: str, kind: Kind, know: Knowledge) -> Name | None:
    """The name that `text` gives to a person, body, place or thing; None where it names nothing."""
    said = text.strip()
    if said.startswith("@"):
        return Name(kind, said, (fold(said),), "handle")
    said = core(said, kind, know)
    words = [fold(word) for word in _WORDS.findall(said.replace(".", "" if _dotted(said) else " ").replace("'", ""))]
    if not words:
        return None
    if kind == "PERSON":
        return _person(said, words, know)
    same = know.equivalent.get(" ".join(words))
    return _thing(kind, said, words if same is None else same.split(), know, acronym=same is None and bool(_ACRONYM.fullmatch(said.replace(".", ""))))


def _dotted(said: str) -> bool:
    """Whether the dots stand between single letters, as in «S.A.» and «EE.UU.»."""
    return bool(regex.search(r"\p{Lu}\.\p{Lu}", said))


def _person(said: str, words: list[str], know: Knowledge) -> Name:
    nickname = len(words) == 2 and words[0] in know.article
    while len(words) > 1 and words[0] in know.title and words[0] not in know.given:
        words = words[1:]
    suffix = know.suffix.get(words[-1], "") if len(words) > 2 else ""
    kept = tuple(word for word in (words[:-1] if suffix else words) if word not in know.particle) or tuple(words)
    given = not suffix and len(kept) > 1 and all(word in know.given for word in kept) and kept[-1] not in know.surname
    return Name("PERSON", said, kept, "nickname" if nickname else "given" if given else "plain", suffix)


def _thing(kind: Kind, said: str, words: list[str], know: Knowledge, *, acronym: bool) -> Name:
    while len(words) > 1 and words[-1] in know.legal:
        words = words[:-1]
    own = 1 if kind == "LOCATION" and " ".join(words) in know.place else 0
    kept = (*words[:own], *(word for word in words[own:] if word not in know.particle)) or tuple(words)
    return Name(kind, said, kept, "acronym" if acronym and words[0] not in know.generic else "plain")


# ---------------------------------------------------------------- blocking


def keys(name: Name, know: Knowledge) -> tuple[str, ...]:
    """The blocks in which a name is compared with others: two names that may be one share a key. Few names share one.

    Pairs of words as they sound, familiar forms as what they stand for; given initial with surname; given name with the beginning of a surname, where
    a letter may be wrong. Of bodies the first word, where it says which, and the first two.
    """
    if name.kind == "PERSON":
        return _person_keys(name, know) if name.form == "plain" and len(name.words) > 1 else ()
    if name.kind == "ORGANIZATION" and name.form == "plain":
        sounds = [know.sound(word) for word in name.words[:2]]
        both = (f"3 {' '.join(sounds)}",) if len(sounds) > 1 else ()
        return both if name.words[0] in know.generic else (*both, f"4 {sounds[0]}")
    return ()


def _person_keys(name: Name, know: Knowledge) -> tuple[str, ...]:
    sounds = [sorted({know.sound(root) for root in know.roots(word)}) for word in name.words if len(word) > _INITIAL]
    pairs = {" ".join(sorted((a, b))) for one, other in combinations(sounds, 2) for a in one for b in other}
    first = {root[0] for root in know.roots(name.words[0])}
    rest = {know.sound(word) for word in name.words[1:] if len(word) > _INITIAL}
    initials = {f"{letter} {word}" for letter in first for word in rest}
    given = {know.sound(root) for root in know.roots(name.words[0])}
    slips = {f"{one} {word[:_PREFIX]}" for one in given for word in rest if len(word) > _PREFIX}
    return tuple(sorted({*(f"0 {one}" for one in pairs), *(f"1 {one}" for one in initials), *(f"2 {one}" for one in slips)}))


# ---------------------------------------------------------------- two names compared


def compare(one: Name, other: Name, know: Knowledge) -> Likeness | None:
    """How two unequal names of one kind may be of one; None where nothing speaks for it. Which stands first does not matter."""
    if one.kind != other.kind or {one.form, other.form} != {"plain"}:
        return None
    short, long = sorted((one, other), key=lambda name: (len(name.words), name.key))
    if one.kind == "PERSON":
        return _people(short, long, know) if len(short.words) > 1 else None
    return _bodies(short, long, know) if one.kind == "ORGANIZATION" else None


class _Parts(NamedTuple):
    given: tuple[str, ...]
    surnames: tuple[str, ...]


@lru_cache(maxsize=100_000)
def _parts(name: Name, know: Knowledge) -> _Parts:
    """Given names, then surnames, of which there is at least one. The first word counts as given."""
    words = name.words
    count = 1
    while (
        count < len(words) - 1
        and (words[count] in know.given or len(words[count]) == _INITIAL)
        and not (len(words) - count <= 2 and words[count] in know.surname and count > 1)
    ):
        count += 1
    return _Parts(words[:count], words[count:])


def _people(short: Name, long: Name, know: Knowledge) -> Likeness | None:
    if short.suffix and long.suffix and short.suffix != long.suffix:
        return Likeness(0.0, "father and child, by what follows the name", different=True) if _near(short, long, know) else None
    found = (
        _aligned(_parts(short, know), _parts(long, know), know) or _surnames_alone(short, _parts(long, know), know) or _in_order(short, long, know)
    )
    if found is not None and short.suffix != long.suffix and not found.different:
        return Likeness(min(found.base, 0.5), "one of them is told from a relative of that name")
    return found


def _near(short: Name, long: Name, know: Knowledge) -> bool:
    a, b = _parts(short, know), _parts(long, know)
    return a.given[0] == b.given[0] and a.surnames[0] == b.surnames[0]


class _Match(NamedTuple):
    """How two words agree: the factor for what was seen through (1: equal), and its name."""

    worth: float
    why: str = ""


_EQUAL = _Match(1.0)


def _word(a: str, b: str, know: Knowledge, *, given: bool) -> _Match | None:
    """How two words of names agree; None where they do not."""
    if a == b:
        return _EQUAL
    if given and min(len(a), len(b)) == _INITIAL and a[0] == b[0]:
        return _Match(0.85, "an initial")
    if (given and {*know.roots(a)[1:]} & {b}) or (given and {*know.roots(b)[1:]} & {a}):
        return _Match(0.9, "a familiar form of the given name")
    if min(len(a), len(b)) > _PREFIX and know.sound(a) == know.sound(b):
        return _Match(0.95, "another spelling")
    listed = know.given if given else know.surname
    if min(len(a), len(b)) >= _LONG and not (a in listed and b in listed) and not (given and _gender(a, b)) and one_slip(a, b):
        return _Match(0.8, "one letter differs")
    return None


def _gender(a: str, b: str) -> bool:
    """Whether only the ending that tells women from men differs: «Ramona», «Ramón»."""
    return a[:-1] == b[:-1] or (a + "a" == b) or (b + "a" == a)


def one_slip(a: str, b: str) -> bool:
    """Whether one letter is wrong, missing, too many, or two neighbours are exchanged (Damerau 1964)."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    x, y = a[start:], b[start:]
    return x[1:] == y[1:] or x[1:] == y or x == y[1:] or (x[:2] == y[1::-1] and x[2:] == y[2:])


def _aligned(a: _Parts, b: _Parts, know: Knowledge) -> Likeness | None:
    """Given names against given names, surnames against surnames."""
    first = _word(a.given[0], b.given[0], know, given=True)
    if first is None:
        return None
    surnames = _surnames(a.surnames, b.surnames, know)
    if surnames is None:
        return None
    seen, how = surnames
    further = _further(a.given[1:], b.given[1:], know)
    if how == "different" or further is None:
        why = "different second surnames" if how == "different" else "different second given names"
        return Likeness(0.0, why, different=True) if first.worth == 1.0 else None
    oddities = [match.why for match in (first, *seen, *further) if match.why]
    alike = sum(match.worth == 1.0 for match in (first, *seen, *further))
    return _scored(a, b, how, oddities, alike, know)


def _further(a: Sequence[str], b: Sequence[str], know: Knowledge) -> list[_Match] | None:
    """Further given names, as far as both have them; None where they differ."""
    made = [_word(x, y, know, given=True) for x, y in zip(a, b, strict=False)]
    return [match for match in made if match] if all(made) else None


def _surnames(a: tuple[str, ...], b: tuple[str, ...], know: Knowledge) -> tuple[list[_Match], str] | None:
    """How surnames agree, and in which way: "same", "shorter", "swapped", "different" (the second ones); None where not even the first do."""
    first = _word(a[0], b[0], know, given=False)
    if first is None:
        swapped = len(a) == len(b) == 2 and (a[1], a[0]) == b
        return ([_EQUAL, _EQUAL], "swapped") if swapped else None
    if len(a) == 1 or len(b) == 1:
        return [first], "same" if len(a) == len(b) else "shorter"
    second = _word(a[1], b[1], know, given=False) or (_Match(0.85, "an initial") if min(len(a[1]), len(b[1])) == 1 and a[1][0] == b[1][0] else None)
    return ([first, second], "same") if second else ([first], "different")


_SHORTER, _COMMON, _SWAPPED, _ODD, _SURE_ODD = 0.65, 0.55, 0.6, 0.58, 0.85
"""What is thought of a shorter form; of one with a common surname; of surnames the other way round; of a word that is written otherwise; of that
where two more words agree."""


def _scored(a: _Parts, b: _Parts, how: str, oddities: Sequence[str], alike: int, know: Knowledge) -> Likeness:
    reasons = list(dict.fromkeys(oddities))
    if how == "swapped":
        return Likeness(_SWAPPED - 0.1 * len(oddities), "; ".join(["the same surnames the other way round", *reasons]))
    if how == "shorter" or len(a.given) != len(b.given):
        base = _COMMON if a.surnames[0] in know.surname else _SHORTER
        return Likeness(base - 0.1 * len(oddities), "; ".join(["a shorter form of the name", *reasons]))
    if not oddities:
        return Likeness(0.9, "the same full name but for small words")
    return Likeness((_SURE_ODD if alike > 1 else _ODD) - 0.1 * (len(oddities) - 1), "; ".join(["the same full name", *reasons]))


def _surnames_alone(short: Name, long: _Parts, know: Knowledge) -> Likeness | None:
    """«Paz Luján» for «Rosa Paz Luján»: both surnames, and no given name."""
    fits = len(short.words) == 2 and short.words == long.surnames[:2] and short.words[0] not in know.given
    return Likeness(_COMMON, "the same two surnames, without a given name") if fits else None


def _in_order(short: Name, long: Name, know: Knowledge) -> Likeness | None:
    """The words of the shorter stand in this order in the longer: «Alberto Paz» in «Óscar Alberto Paz»."""
    rest = iter(long.words)
    if len(short.words) == len(long.words) or not all(word in rest for word in short.words):
        return None
    same_given = short.words[0] == long.words[0]
    common = short.words[-1] in know.surname
    return Likeness((_COMMON if common else _SHORTER) if same_given else 0.5, "its words stand in the longer name")


# ---------------------------------------------------------------- bodies


def is_generic(name: Name, know: Knowledge) -> bool:
    """Whether the name begins with a word that many bodies share («Fiscalía»), so that it says which only within a country."""
    return name.kind == "ORGANIZATION" and name.words[0] in know.generic


def _bodies(short: Name, long: Name, know: Knowledge) -> Likeness | None:
    """The first words of a longer name, which is not two names. One word says little, and a generic one nothing."""
    if len(short.words) == len(long.words):
        same = [know.sound(word) for word in short.words] == [know.sound(word) for word in long.words]
        return Likeness(0.8 if len(short.words) > 1 else 0.5, "another spelling") if same else None
    if long.words[: len(short.words)] != short.words or (len(short.words) == 1 and short.words[0] in know.generic):
        return None
    _, _, rest = f" {fold(long.text)} ".partition(f" {short.words[-1]} ")
    if short.words[0] not in know.generic and rest.split()[:1] and rest.split()[0] in know.conjunction:
        return None
    return Likeness(0.55 if len(short.words) > 1 else 0.45, "the first words of the longer name")


def forms(texts: Sequence[str], kind: Kind, know: Knowledge) -> Iterator[Name]:
    """The distinct names among `texts`, in order."""
    seen = set()
    for text in texts:
        name = parse(text, kind, know)
        if name is not None and (name.key, name.form) not in seen:
            seen.add((name.key, name.form))
            yield name
