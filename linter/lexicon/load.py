"""Lexicon files (``rules/lexicons/*.yaml``) to compiled layers."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from linter.annotate.words import fold_term
from linter.errors import DataFileError
from linter.lexicon.inflect import VERB_FORMS, plural, verb_forms
from linter.lexicon.model import DIRECTIONS, LAYERS, MASK, NULL, SCOPES, Cue, Layer, Lexicon
from linter.lexicon.spelling import spellings
from linter.yamlfile import YamlFile, allowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path as FilePath

    from linter.errors import Problem
    from linter.yamlfile import Path

LISTS = ("verbs", "nouns", "phrases", "exact")
_CONCEPT_KEYS = frozenset((*LISTS, "direction", "scope", "cap"))
_CONCEPT_NAME = re.compile(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$")

_NEVER = re.compile("[§¦]")

Irregular = dict[str, dict[str, str]]


class LexiconBuilder:
    """Gathers terms from files and other sources into one lexicon."""

    def __init__(self) -> None:
        self.layers = {name: Layer() for name in LAYERS}
        self.cues: dict[str, Cue] = {}
        self.concepts: set[str] = set()
        self.homes: dict[str, set[str]] = {}
        self.irregular: Irregular = {}

    def read_irregular(self, file: YamlFile) -> None:
        """Take the irregular verbs of a file ``irregular: {base: {s, ed, en, ing}}``."""
        for key in file.data:
            if key != "irregular":
                file.report((key,), f"unknown key {key!r}; {allowed(key, ('irregular',))}", key=True)
        table = file.data["irregular"]
        if not isinstance(table, dict):
            file.report(("irregular",), "`irregular` must map verbs to their forms")
            table = {}
        for base, forms in table.items():
            path = ("irregular", base)
            if not isinstance(forms, dict):
                file.report(path, f"the forms of {base!r} must be a mapping: {{ed: ..., en: ...}}")
                continue
            for form, text in forms.items():
                if form not in VERB_FORMS[1:]:
                    file.report((*path, form), f"{form!r} is no verb form; {allowed(form, VERB_FORMS[1:])}", key=True)
                elif not _is_term(text):
                    file.report((*path, form), f"found {text!r}; a verb form is text")
            self.irregular[base] = {form: _term(text) for form, text in forms.items()}
        file.finish()

    def read(self, file: YamlFile) -> None:
        """Add the concepts of one lexicon file.

        Raises:
            DataFileError: with every mistake in the file.

        """
        data = file.data
        if not isinstance(data, dict):
            file.report((), "a lexicon file is a mapping with `layer` and `concepts`")
            file.finish()
        for key in data:
            if key not in ("layer", "concepts"):
                file.report((key,), f"unknown key {key!r}; {allowed(key, ('layer', 'concepts'))}", key=True)
        name = data.get("layer")
        if name not in LAYERS:
            file.report(("layer",) if "layer" in data else (), f"unknown layer {name!r}; {allowed(name, LAYERS)}")
        concepts = data.get("concepts")
        if not isinstance(concepts, dict):
            file.report((), "`concepts` must map names to term lists")
        file.finish()
        for concept, body in concepts.items():
            self._read_concept(file, name, concept, body)
        file.finish()

    def _read_concept(self, file: YamlFile, layer: str, concept: str, body: Any) -> None:  # noqa: ANN401
        path = ("concepts", concept)
        if not _CONCEPT_NAME.match(concept):
            file.report(path, f"{concept!r} is no concept name: lower-case words joined by dots or hyphens", key=True)
        if not isinstance(body, dict):
            file.report(path, f"a concept holds term lists ({', '.join(LISTS)}), found {type(body).__name__}")
            return
        for key, value in body.items():
            if key not in _CONCEPT_KEYS:
                file.report((*path, key), f"unknown key {key!r}; {allowed(key, _CONCEPT_KEYS)}", key=True)
            elif key in LISTS:
                self._check_terms(file, (*path, key), value)
            elif layer != "cue":
                file.report((*path, key), f"{key!r} says how far a cue reaches; {layer!r} holds no cues", key=True)
        if layer == "cue":
            self._read_reach(file, concept, body)
        if file.problems:
            return
        self._settle(concept, layer)
        for text, form, listed, flags in self.expand(body):
            self.add(layer, text, concept, listed, form, flags)

    def _check_terms(self, file: YamlFile, path: Path, value: Any) -> None:  # noqa: ANN401
        if not isinstance(value, list):
            file.report(path, f"{path[-1]!r} must be a list of terms")
            return
        for i, term in enumerate(value):
            if not _is_term(term):
                file.report((*path, i), f"found {'nothing' if term is None else repr(term)}; a term is text")
            elif not fold_term(_term(term)):
                file.report((*path, i), f"the term {term!r} holds no word")
            elif _NEVER.search(_term(term)):
                file.report((*path, i), f"the term {term!r} holds one of § and ¦, which no term may")

    def _read_reach(self, file: YamlFile, concept: str, body: Mapping[str, Any]) -> None:
        path = ("concepts", concept)
        direction, scope, cap = body.get("direction", "forward"), body.get("scope", "clause"), body.get("cap", 0)
        if direction not in DIRECTIONS:
            file.report((*path, "direction"), f"unknown direction {direction!r}; {allowed(direction, DIRECTIONS)}")
        if scope not in SCOPES:
            file.report((*path, "scope"), f"unknown scope {scope!r}; {allowed(scope, SCOPES)}")
        if not isinstance(cap, int) or isinstance(cap, bool) or cap < 0:
            file.report((*path, "cap"), f"found {cap!r}; a cap is a number of words")
        elif concept != NULL:
            self.cues[concept] = Cue(direction, scope, cap)

    def expand(self, body: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
        """(text, form, listed term, flags) of every term that a concept's lists stand for."""
        for listed in map(_term, body.get("verbs") or ()):
            for text, form in verb_forms(listed, self.irregular):
                yield text, form, listed, ""
        for listed in map(_term, body.get("nouns") or ()):
            yield listed, "", listed, ""
            yield plural(listed), "plural", listed, ""
        for listed in map(_term, body.get("phrases") or ()):
            yield listed, "", listed, ""
        for listed in map(_term, body.get("exact") or ()):
            yield listed, "", listed, "C"

    def add(self, layer: str, text: str, concept: str, entry: str, form: str = "", flags: str = "") -> None:
        """Add one term to a layer, in its listed and its British spelling."""
        self._settle(concept, layer)
        if "C" in flags:
            self.layers[layer].add(fold_term(text), (concept, entry, form, f"{flags}={text}"))
            return
        for spelling in spellings(text.lower()):
            self.layers[layer].add(fold_term(spelling), (concept, entry, form, flags))

    def add_folded(self, layer: str, key: str, concept: str, entry: str, flags: str = "") -> None:
        """Add one folded term of the knowledge base as it is; a null phrase becomes a mask."""
        if concept == NULL:
            concept = MASK
        self._settle(concept, layer)
        self.layers[layer].add(key, (concept, entry, "", flags))

    def _settle(self, concept: str, layer: str) -> None:
        """Note that a concept, and those above it, has terms in a layer."""
        if concept in (NULL, MASK):
            return
        self.concepts.add(concept)
        while concept:
            self.homes.setdefault(concept, set()).add(layer)
            concept = concept.rpartition(".")[0]

    def build(self) -> Lexicon:
        """The lexicon."""
        homes = {concept: sorted(layers) for concept, layers in self.homes.items()}
        return Lexicon(self.layers, self.cues, sorted(self.concepts), homes)


def load_lexicons(paths: Iterable[FilePath]) -> LexiconBuilder:
    """A builder filled with lexicon files; ``irregular.yaml`` among them is read first.

    Raises:
        DataFileError: with the mistakes of all files.

    """
    builder = LexiconBuilder()
    problems: list[Problem] = []
    verbs: list[YamlFile] = []
    others: list[YamlFile] = []
    for path in sorted(paths):
        with _gathering(problems):
            file = YamlFile.read(path)
            (verbs if isinstance(file.data, dict) and "irregular" in file.data else others).append(file)
    for file in verbs:
        with _gathering(problems):
            builder.read_irregular(file)
    for file in others:
        with _gathering(problems):
            builder.read(file)
    if problems:
        raise DataFileError(sorted(problems, key=lambda problem: (problem.path, problem.line, problem.column)))
    return builder


@contextmanager
def _gathering(problems: list[Problem]) -> Iterator[None]:
    """Take the mistakes of a file and go on."""
    try:
        yield
    except DataFileError as error:
        problems += error.problems


def _is_term(value: object) -> bool:
    return isinstance(value, (str, int, float))


def _term(value: object) -> str:
    """A term as text on one line; YAML takes the words *true* and *false* for something else."""
    return str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())
