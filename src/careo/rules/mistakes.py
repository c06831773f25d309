"""What authors of rules get wrong: for each mistake its message and a broken snippet that must bring it about.

The loader takes its messages from here, and a test loads every snippet: a message that nobody can meet, or a mistake without a
message, does not stand long. (The habit is lark's: errors by example.)
"""

from __future__ import annotations

from typing import NamedTuple

from careo.errors import RuleError


class Mistake(NamedTuple):
    """`found` and `mend` may hold `{…}`, filled in where the mistake is met. `snippet` is a whole broken rule file."""

    found: str
    mend: str
    snippet: str


_HEAD = "about: a\n"
_RULE = _HEAD + "rules:\n  - id: r\n"
_GOOD = "    examples:\n      - x [a] y -> 1\n"

MISTAKES: dict[str, Mistake] = {
    "not-yaml": Mistake("not YAML: {problem}", "quote a sentence that holds «: » or begins with a bracket", _HEAD + "rules: [\n"),
    "not-a-mapping": Mistake("the file holds {what}, not keys with values", "begin with «about: …», then «rules:»", "- a\n- b\n"),
    "duplicate-key": Mistake("the key «{key}» stands twice", "give each key once; the first stands in line {first}", _HEAD + "about: b\n"),
    "no-about": Mistake("the file does not say what it is about", "add «about: …» as its first line", "rules: []\n"),
    "unknown-key": Mistake("unknown key «{key}»", "take one of: {known}", _HEAD + "rule: []\n"),
    "not-a-list": Mistake("«{key}» holds {what}, not a list", "write each item in a line of its own, after a dash", _HEAD + "rules: many\n"),
    "not-text": Mistake(
        "«{key}» holds {what}, not a text",
        "quote the sentence: «: » and a bracket or brace at its beginning mean something in YAML",
        _RULE + "    pattern: {a: b}\n" + _GOOD,
    ),
    "cut-by-comment": Mistake(
        "the sentence is cut: « #» begins a comment", "put the sentence in quotes", _RULE + "    pattern: a\n    examples:\n      - x [a] #15Ene y\n"
    ),
    "no-id": Mistake(
        "a rule without «id»", "give it a name that says what it finds, such as day-month-year", _HEAD + "rules:\n  - pattern: a\n" + _GOOD
    ),
    "duplicate-id": Mistake(
        "the id «{id}» stands twice",
        "name one of them otherwise; the first stands in line {first}",
        _RULE + "    pattern: a\n" + _GOOD + "  - id: r\n    pattern: b\n" + _GOOD,
    ),
    "no-kind": Mistake("the rule «{id}» has neither «pattern» nor «frame»", "say with «pattern: …» or «frame: …» what it finds", _RULE + _GOOD),
    "both-kinds": Mistake(
        "the rule «{id}» has both «pattern» and «frame»", "make two rules of it", _RULE + "    pattern: a\n    frame: VERB\n" + _GOOD
    ),
    "no-example": Mistake(
        "the rule «{id}» has no example", "add «examples:» with a sentence in which it finds something", _RULE + "    pattern: a\n"
    ),
    "no-mark": Mistake(
        "nothing is marked in the example", "put [brackets] around what must be found", _RULE + "    pattern: a\n    examples:\n      - x a y\n"
    ),
    "open-bracket": Mistake(
        "a bracket of the example is not closed", "close each «[» with «]»", _RULE + "    pattern: a\n    examples:\n      - x [a y\n"
    ),
    "marked-not": Mistake(
        "a sentence under «not» has marks",
        "leave the brackets out: nothing must be found there",
        _RULE + "    pattern: a\n    not:\n      - x [a] y\n" + _GOOD,
    ),
    "bad-value": Mistake(
        "«{value}» behind «->» is not understood",
        "write a value, or field=value, field=value",
        _RULE + "    pattern: a\n    examples:\n      - x [a] y -> a=1, b\n",
    ),
    "unknown-class": Mistake(
        "no word class «{name}»", "define it under «words:» here or in grammar.yaml; near: {near}", _RULE + "    pattern: <month> a\n" + _GOOD
    ),
    "unknown-type": Mistake(
        "no rule of this layer gives the type «{name}»", "types are written in capitals; known: {known}", _RULE + "    pattern: <HOUR> a\n" + _GOOD
    ),
    "circular-type": Mistake(
        "the type «{name}» is made of itself", "leave <{name}> out of the rules that give {name}", _RULE + "    type: A\n    pattern: x <A>\n" + _GOOD
    ),
    "unclosed-group": Mistake(
        "a bracket of the pattern is not closed: {pattern}", "close each «(», «<» and «[[»", _RULE + "    pattern: (a b\n" + _GOOD
    ),
    "empty-pattern": Mistake(
        "the pattern can match nothing at all: {pattern}", "keep one word that is always there", _RULE + "    pattern: (a )?\n" + _GOOD
    ),
    "marked-in-part": Mistake(
        "what [[ ]] marks may be absent: {pattern}",
        "mark something in every alternative, and nothing that is optional",
        _RULE + "    pattern: (a [[b]]|c)\n" + _GOOD,
    ),
    "unknown-piece": Mistake(
        "the field «{field}» speaks of <{name}>, which the pattern does not have",
        "its pieces are: {known}",
        _RULE + "    pattern: a\n    value: <day>\n" + _GOOD,
    ),
    "bad-regex": Mistake(
        "the expression of the class «{name}» is wrong: {problem}", "mend the expression after «re:»", _HEAD + "words:\n  d: {re: '('}\nrules: []\n"
    ),
    "bad-class": Mistake(
        "the word class «{name}» holds {what}",
        "write a list, a map word: meaning, {{re: …}}, {{tsv: file}} or {{union: [a, b]}}",
        _HEAD + "words:\n  d: {re: a, tsv: b}\nrules: []\n",
    ),
    "no-tsv": Mistake("the list «{file}» is not there", "put the file beside this one", _HEAD + "words:\n  d: {tsv: none.tsv}\nrules: []\n"),
    "unless-without-here": Mistake(
        "«unless» does not say where the match stands: {text}",
        "write «$» for it: 'avenida $'",
        _RULE + "    pattern: a\n    unless: ['avenida']\n" + _GOOD,
    ),
    "no-trigger": Mistake(
        "the frame «{id}» has neither «lemma» nor «phrase»",
        "say which word calls it: «lemma: <say>» or «phrase: abrir fuego»",
        _RULE + "    frame: VERB\n" + _GOOD,
    ),
    "bad-path": Mistake(
        "the path is not understood at «{at}»: {path}",
        "steps are functions with conditions: obj [lemma=a] > nmod",
        _RULE + "    frame: VERB\n    lemma: a\n    roles:\n      x: ['obj [lema=a] : token']\n" + _GOOD,
    ),
    "unknown-extent": Mistake(
        "no extent «{name}»",
        "extents are defined in grammar.yaml: {known}",
        _RULE + "    frame: VERB\n    lemma: a\n    roles:\n      x: ['obj : thing']\n" + _GOOD,
    ),
    "unknown-shape": Mistake(
        "no shape «{name}»", "shapes are defined in grammar.yaml: {known}", _RULE + "    frame: VERB\n    lemma: a\n    like: thing\n" + _GOOD
    ),
}


def mistake(which: str, where: str, /, **details: object) -> RuleError:
    """The error for a mistake met at `where` (`file:line`)."""
    entry = MISTAKES[which]
    return RuleError(entry.found.format(**details), where=where, mend=entry.mend.format(**details))
