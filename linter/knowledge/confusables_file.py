"""Files of confusables (``rules/knowledge/confusables.yaml``), read; only a run that compiles the rules needs this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linter.knowledge.confusables import DEFAULT_RULE, LAYER, LINKS, Ambiguous, Confusables, Outdated, Pair
from linter.yamlfile import YamlFile, allowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from linter.lexicon.load import LexiconBuilder

TERM_LISTS = frozenset({"verbs", "nouns", "phrases", "exact"})
_KEYS = {
    "sides": frozenset({"name", "names", "short", "traits", "people", "company"}),
    "pairs": frozenset(
        {"sides", "reason", "source", "rule", "equate", "kind-ok", "traits", "evidence", "gloss", "misnomers"}
    ),
    "ambiguous": frozenset({"sides", "reason", "company", "resolved"}),
    "outdated": frozenset({"current", "since", "names"}),
}


def load_confusables(paths: Iterable[Path], builder: LexiconBuilder) -> Confusables:
    """Read the files that exist among ``paths``; their terms go to ``builder``.

    Raises:
        DataFileError: with every mistake of a file.

    """
    reader = _Reader(builder)
    for path in paths:
        if path.exists():
            reader.read(YamlFile.read(path))
    return Confusables(reader.names, reader.pairs, reader.ambiguous, reader.outdated)


class _Reader:
    def __init__(self, builder: LexiconBuilder) -> None:
        self.builder = builder
        self.names: dict[str, str] = {}
        self.pairs: list[Pair] = []
        self.ambiguous: list[Ambiguous] = []
        self.outdated: dict[str, Outdated] = {}

    def read(self, file: YamlFile) -> None:
        data = file.data if isinstance(file.data, dict) else {}
        for key in data:
            if key not in _KEYS:
                file.report((key,), f"unknown key {key!r}; {allowed(key, _KEYS)}", key=True)
        for section, keys in _KEYS.items():
            for name, body in (data.get(section) or {}).items():
                self._check_keys(file, (section, name), body, keys)
        file.finish()
        for side, body in (data.get("sides") or {}).items():
            self._side(file, side, body)
        for name, body in (data.get("pairs") or {}).items():
            self._pair(file, name, body)
        for short, body in (data.get("ambiguous") or {}).items():
            self._ambiguous(file, short, body)
        for name, body in (data.get("outdated") or {}).items():
            self.outdated[name] = Outdated(name, str(body.get("current", "")), str(body.get("since", "")))
            self._terms(file, ("outdated", name, "names"), f"outdated.{name}", body.get("names"))
        file.finish()

    def _check_keys(self, file: YamlFile, path: tuple[str, ...], body: object, keys: frozenset[str]) -> None:
        if not isinstance(body, dict):
            file.report(path, f"must be a mapping with {', '.join(sorted(keys))}")
            return
        for key in body:
            if key not in keys:
                file.report((*path, key), f"unknown key {key!r}; {allowed(key, keys)}", key=True)

    def _side(self, file: YamlFile, side: str, body: Mapping[str, Any]) -> None:
        self.names[side] = str(body.get("name", side))
        path = ("sides", side)
        self._terms(file, (*path, "names"), f"thing.{side}", body.get("names"))
        self._terms(file, (*path, "short"), f"short.{side}", {"exact": body.get("short") or []})
        self._terms(file, (*path, "traits"), f"trait.{side}", body.get("traits"))
        self._terms(file, (*path, "people"), f"people.{side}", body.get("people"))
        self._terms(file, (*path, "company"), f"company.{side}", body.get("company"))

    def _pair(self, file: YamlFile, name: str, body: Mapping[str, Any]) -> None:
        path = ("pairs", name)
        sides = [str(side) for side in body.get("sides") or ()]
        if len(sides) != 2 or len(set(sides)) != 2:
            file.report((*path, "sides"), "a pair has two sides")
            return
        traits = body.get("traits") or {}
        kind_ok = tuple(body.get("kind-ok") or ())
        for side in (*sides, *traits, *kind_ok):
            if side not in self.names or side not in (*sides,):
                known = sides if side in self.names else self.names
                file.report((*path, "sides"), f"unknown side {side!r}; {allowed(side, known)}")
        for side, link in traits.items():
            if link not in LINKS:
                file.report((*path, "traits", side), f"unknown link {link!r}; {allowed(link, LINKS)}")
        pair = Pair(
            name,
            sides[0],
            sides[1],
            str(body.get("rule", DEFAULT_RULE)),
            str(body.get("reason", "")),
            str(body.get("source", "")),
            bool(body.get("equate", True)),
            bool(body.get("evidence", False)),
            bool(body.get("gloss", True)),
            kind_ok,
            dict(traits),
        )
        self.pairs.append(pair)
        self._terms(file, (*path, "misnomers"), f"misnomer.{name}", body.get("misnomers"))

    def _ambiguous(self, file: YamlFile, short: str, body: Mapping[str, Any]) -> None:
        key = short.lower()
        self.ambiguous.append(Ambiguous(key, str(body.get("reason", "")), tuple(body.get("sides") or ())))
        path = ("ambiguous", short)
        self._terms(file, path, f"ambiguous.{key}", {"exact": [short]})
        self._terms(file, (*path, "company"), f"company.{key}", body.get("company"))
        self._terms(file, (*path, "resolved"), f"resolved.{key}", body.get("resolved"))

    def _terms(self, file: YamlFile, path: tuple[str, ...], concept: str, terms: object) -> None:
        """Add a term list to the lexicon under a concept."""
        if terms is None:
            return
        body = {"phrases": terms} if isinstance(terms, list) else terms
        if not isinstance(body, dict) or not TERM_LISTS.issuperset(body):
            file.report(path, f"must be a list of terms, or a mapping of {', '.join(sorted(TERM_LISTS))}")
            return
        for text, form, listed, flags in self.builder.expand(body):
            self.builder.add(LAYER, text, concept, listed, form, flags)
