"""Citations: what a reader could follow from a claim to its source.

A link to a source, an identifier (DOI, PMID, PMCID, arXiv, trial registry, ISBN), a footnote or a numbered reference
that resolves, author and year, a citation key, a journal with a year, a named trial. A marker that leads nowhere and a
link to a shop, a booking page or another page of the same site are none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from linter.annotate.deferred import Deferred
from linter.document import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linter.annotate.annotations import Annotations, Sentence
    from linter.document import Block, Document


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation.

    ``start`` and ``end`` are offsets into the document's text; both are equal for a marker that is no prose. ``kind``
    is ``link``, ``url``, ``doi``, ``pmid``, ``pmcid``, ``arxiv``, ``registry``, ``isbn``, ``footnote``, ``numbered``,
    ``author-year``, ``author``, ``title``, ``journal-year``, ``journal``, ``person``, ``trial-name`` or ``key``;
    ``key`` is the address, the number or the name.
    """

    start: int
    end: int
    kind: str
    key: str


FULL_KINDS = frozenset({"link", "url", "doi", "pmid", "pmcid", "arxiv", "registry", "isbn"})
"""Kinds that lead to a source on their own, whatever stands in the rest of the draft."""
NEAR_KINDS = frozenset({"journal-year", "trial-name", "author"})
"""Kinds that name a source without leading to it: they count for their own sentence and the ones beside it."""
NAME_KINDS = frozenset({"journal", "person"})
"""Kinds that only say where the work was done; no citation, though the authority is no longer nameless."""

# Links. A host or a path that plainly is no source; when in doubt a link counts.

_NO_SOURCE_HOST = Deferred(
    r"(?:^|\.)(?:amazon\.|amzn\.|etsy\.|ebay\.|walmart\.|iherb\.|gumroad\.|shopify\.|aliexpress\.|alibaba\."
    r"|patreon\.|paypal\."
    r"|ko-fi\.|buymeacoffee\.|substack\.com$|instagram\.|facebook\.|pinterest\.|tiktok\.|discord\.|t\.me$"
    r"|wa\.me$|linkedin\."
    r"|pxf\.io$|sjv\.io$|pntra\w*\.|shareasale\.|awin1?\.|avantlink\.|anrdoezrs\.|jdoqocy\.|tkqlhce\.|dpbolvw\.|kqzyfj\."
    r"|rstyle\.me|skimresources\.|viglink\.|geni\.us|clickbank\.|linksynergy\.|prf\.hn|flexoffers\.|fullscript\."
    r"|thrivemarket\.|vitacost\.|linktr\.ee|eventbrite\.|calendly\.|mailchi\.mp|fonts\.|gravatar\.|unsplash\.|pexels\.|giphy\.|imgur\.)"
    r"|^(?:shop|store|buy|cart|checkout|app|apps|play|itunes|maps|account|booking|book)\.|shop\.|(?:-|\.)store\.",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(r"\.(?:gov|edu|int|org|mil|ac|nhs)(?:\.\w\w)?$", re.IGNORECASE)
"""Hosts whose front page may be meant as the source."""
_NO_SOURCE_PATH = Deferred(
    r"/(?:shop|store|cart|buy|checkout|order|products?|collections?|basket|pricing|subscribe|sign-?up|login"
    r"|register|newsletter"
    r"|book(?:-(?:a|an|now|online|your)\b[\w-]*)?|booking|bookings|appointments?|contact|about(?:-us)?|privacy"
    r"|terms|disclaimer|glossary|recipes?"
    r"|share|sharer|intent"
    r"|tags?|category|categories|author|app-?stores?|downloads?/app|gift-?cards?|coupons?|deals?|careers|jobs"
    r"|events|tickets)"
    r"(?:[/?#.]|$)",
    re.IGNORECASE,
)
_NO_SOURCE_QUERY = Deferred(
    r"(?:^|[?&])(?:tag|aff|affiliate|affid|ref_?id|coupon|utm_campaign=aff\w*|add-to-cart|add)=",
    re.IGNORECASE,
)
_PICTURE = Deferred(r"\.(?:png|jpe?g|gif|webp|svg|ico|css|js|mp3|mp4|zip)$", re.IGNORECASE)
_REFERENCE_ANCHOR = Deferred(
    r"^#(?:user-content-)?_?(?:fn|ref|cite|cit|bib|note|source|footnote|endnote|cr|b)[-_:.]?\w*",
    re.IGNORECASE,
)

_REFERENCE_NUMBER = re.compile(r"\[?\d{1,3}(?:[,–-]\d{1,3})*\]?")
"""What a link to a numbered source shows."""

_OWN_ADDRESS = Deferred(
    r"(?:rel=[\"']?canonical[\"']?[^>]{0,80}?href=|property=[\"']?og:url[\"']?[^>]{0,40}?content="
    r"|^(?:canonical(?:_?url)?|permalink|url):)"
    r"\s*[\"']?https?://(?:www\.)?([\w.-]+)",
    re.IGNORECASE | re.MULTILINE,
)
_OWN_ADDRESS_WORDS = ("canonical", "og:url", "permalink:", "url:")
"""What a draft holds that names its own address; most hold none, and need no search."""
_HEAD = 20_000


def own_host(document: Document) -> str:
    """The host that the draft names as its own address, or nothing."""
    text = document.source.text
    lowered = text[:_HEAD].lower()
    if not any(word in lowered for word in _OWN_ADDRESS_WORDS):
        return ""
    found = _OWN_ADDRESS.search(text, 0, _HEAD)
    return found[1].lower() if found else ""


def is_source_link(target: str, own: str = "") -> bool:
    """Whether an address may lead to a source.

    Links within a site, to front pages of sites other than institutions', to shops, pictures and people are none.

    ``own`` is the host of the draft's own site.
    """
    if target.startswith("//"):
        target = "https:" + target
    if target[:4].lower() != "http":
        path = target.partition("?")[0].lower()
        return path.startswith(("doi:", "doi.org/", "www.")) or path.endswith(".pdf")
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    host = parts.netloc.lower()
    if "." not in host or (own and host.removeprefix("www.") == own):
        return False
    if not parts.path.strip("/") and not parts.query and not _INSTITUTION.search(host):
        return False
    if _PICTURE.search(parts.path) and "springer" not in host:
        return False
    return not (
        _NO_SOURCE_HOST.search(host) or _NO_SOURCE_PATH.search(parts.path) or _NO_SOURCE_QUERY.search(parts.query)
    )


# Identifiers: each with a word that must stand in the text for its pattern to be tried.

_IDENTIFIERS: tuple[tuple[str, tuple[str, ...], Deferred], ...] = (
    ("url", ("http", "www."), Deferred(r"(?:https?://|\bwww\.)[^\s<>\"]+[^\s<>\".,;:)\]]", re.IGNORECASE)),
    ("doi", ("10.",), Deferred(r"\b10\.\d{4,9}/[^\s\"<>]*[^\s\"<>.,;)\]]")),
    ("pmcid", ("pmc",), Deferred(r"\bPMC ?(?:ID)?:? ?(?:PMC)?\d{4,9}\b", re.IGNORECASE)),
    ("pmid", ("pmid", "pubmed"), Deferred(r"\b(?:PMID|PubMed(?: ID)?)\W{0,4}\d{4,9}\b", re.IGNORECASE)),
    (
        "arxiv",
        ("rxiv",),
        Deferred(r"\b(?:arXiv|bioRxiv|medRxiv)\W{0,3}(?:\d{4}\.\d{4,6}|[a-z-]{1,20}/\d{7})", re.IGNORECASE),
    ),
    (
        "registry",
        ("NCT", "ISRCTN", "EudraCT", "ACTRN", "ChiCTR", "UMIN", "DRKS", "CTRI", "jRCT", "CRD42", "NTR", "IRCT"),
        Deferred(
            r"\b(?:NCT ?\d{8}|ISRCTN ?\d{6,8}|EudraCT\W{0,3}(?:number |no\.? )?\d{4}-\d{6}-\d{2}|ACTRN ?\d{11,14}"
            r"|ChiCTR[-\w]{6,20}"
            r"|UMIN ?\d{9}|DRKS ?\d{8}|CTRI/[\d/]{8,}|jRCTs?\w?\d{8,}|CRD42\d{6,}|NTR ?\d{4,}|IRCT\w{8,})\b",
            re.IGNORECASE,
        ),
    ),
    ("isbn", ("isbn",), Deferred(r"\bISBN(?:-1[03])?\W{0,3}[\dX][\dX -]{8,16}", re.IGNORECASE)),
)

# Author and year.

_NAME = (
    r"(?:(?:van|von|de|del|della|der|den|di|da|la|le|el|al|ter|ten|dos|Mc|Mac"
    r"|O['’])[ ]?){0,3}[A-ZÀ-ÖØ-ÞŁŚŻČŠŽ][\w'’-]{0,24}[a-zà-öø-ÿłńśźżčšž]"
)
_INITIALS = r"(?:,? (?:[A-Z]\.?-?){1,3}(?![a-z]))?"
_JOIN = r"(?:,? (?:and|&|und|y|et|e|with) |, )"
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)[a-z]?"
_ET_AL = Deferred(
    rf"\b{_NAME}{_INITIALS}(?:['’]s)?,? (?:et al\b\.?|and colleagues\b|& colleagues\b|and (?:her|his"
    rf"|their) (?:colleagues|team|co-?workers)\b)(?:['’]s)?(?:[ ,;(]*(?P<year>{_YEAR}))?"
)
_AUTHORS = Deferred(
    rf"\b(?P<first>{_NAME}){_INITIALS}(?:{_JOIN}{_NAME}{_INITIALS}){{0,5}}(?:['’]s?)?(?P<gap>(?:,? \(|, | "
    rf"|,? in |\. \()(?:in )?)(?P<year>{_YEAR})\b"
)
_POSSESSIVE = Deferred(
    rf"\b{_NAME}['’]s? {_YEAR} (?:paper|study|trial|review|book|survey|work|report|analysis|meta-analysis"
    rf"|article)"
)
_NO_AUTHOR = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "spring", "summer", "autumn", "fall",
    "winter", "christmas", "easter", "in", "since", "until", "till", "by", "from", "of", "for", "to", "after",
    "before", "around", "during", "between", "about", "circa", "early", "late", "mid", "year", "the", "a", "an",
    "this", "that", "these", "those", "our", "my", "your", "their", "his", "her", "its", "as", "at", "on", "and",
    "or", "but", "if", "then", "when", "while", "where", "why", "how", "what", "who", "which", "updated",
    "published", "reviewed", "revised", "edited", "copyright", "posted", "modified", "created", "checked",
    "accessed", "retrieved", "date", "version", "edition", "volume", "vol", "issue", "no", "number", "page", "pages",
    "chapter", "part", "phase", "figure", "fig", "table", "box", "step", "week", "day", "days", "month", "grade",
    "stage", "type", "class", "section", "article", "covid", "sars", "top", "best", "guide", "review", "reviews",
    "ranked", "study", "studies", "trial", "trials", "research", "paper", "report", "survey", "journal",
    "conference", "congress", "summit", "today", "now", "back", "only", "over", "under", "approximately", "nearly",
    "almost", "roughly", "more", "than", "less", "up", "down", "through", "throughout", "within", "so", "also",
    "even", "just", "still", "already", "again",
})  # fmt: skip
# Bare "Name 2019" needs a place that makes it a reference.
_BEFORE_BARE = Deferred(r"(?:[(\[;,:|]|\b(?:see|in|from|by|of|after|per|cf\.?|to|and|&|e\.g\.?,?))\s*$|^\s*$")

# A year with a journal or an institution; a trial under its own name.

_TITLE_WORD = r"[A-Z][\w'’&-]{0,24}"
_TITLE_WORDS = rf"{_TITLE_WORD}(?: (?:(?:of|and|&|in|for|the|on) (?:the )?)?{_TITLE_WORD}){{0,9}}"
_YEAR_THEN_JOURNAL = Deferred(
    rf"\b{_YEAR}\b[^.?!\n]{{0,90}}?\b(?:in|from|by|at) (?:the )?[\"“‘']?(?P<title>{_TITLE_WORDS})"
)
_JOURNAL_THEN_YEAR = Deferred(rf"\b(?P<title>{_TITLE_WORDS})[ ,(]{{1,3}}(?:in )?{_YEAR}\b")
_YEAR_BEFORE_JOURNAL = Deferred(
    rf"\b{_YEAR} (?P<title>{_TITLE_WORDS}) (?:study|trial|paper|review|survey|report|analysis|meta-analysis"
    rf"|guidelines?)"
)
_IN_JOURNAL = Deferred(
    rf"\b(?:study|studies|trial|research|review|paper|analysis|published|team|scientists|researchers"
    rf"|meta-analysis|report|data|work)\b[^.?!\n]{{0,50}}?\b(?:in|from|(?<!funded )(?<!sponsored )by"
    rf"|at) (?:the )?[\"“‘']?(?P<title>{_TITLE_WORDS})"
)
_JOURNAL_STUDY = Deferred(
    rf"\b(?!(?:The|A|An|One|This|That) )(?P<title>{_TITLE_WORDS}) (?:study|trial|researchers|scientists|team"
    rf"|review|guidelines?)\b"
)
_TITLE = Deferred(
    r"\b(?:paper|study|article|review|trial|meta-analysis|analysis|report),?(?: (?:called|titled|entitled|named))?,? "
    r"[\"“](?P<title>(?=[A-Z0-9])(?:[^\"”\n ]+ ){4,30}[^\"”\n ]+)[\"”]"
)
"""A work under its whole title, which five words or more make findable."""
_RESEARCH_WORDS = ("stud", "trial", "research", "review", "paper", "publish", "scientist", "team", "cohort", "report")
_RESEARCH_NEAR = Deferred(
    r"study|studies|trial|research|review|paper|analysis|publish|team|scientist|report|data|work|guideline"
)
_PERSON = Deferred(r"\b(?:Drs?|Prof|Professor|Doctor)\.? (?:[A-Z]\.? ?){0,2}[A-Z][\w'’-]+")
_JOURNAL_WORDS = frozenset({
    "Journal", "Journals", "J", "Annals", "Archives", "Lancet", "JAMA", "BMJ", "NEJM", "Nature", "Science", "Cell",
    "PLOS", "PLoS", "Cochrane", "Frontiers", "Proceedings", "Review", "Reviews", "Reports", "Bulletin", "Acta",
    "Research", "Medicine", "Nutrient", "Nutrients", "Nutrition", "Psychiatry", "Neurology", "Psychology",
    "Psychopharmacology", "Endocrinology", "Cardiology", "Psychoneuroendocrinology", "Metabolism", "Alcoholism",
    "Menopause", "Sleep", "Pain", "Diabetes", "Obesity", "Circulation", "Gut", "Headache", "University", "College",
    "Institute", "Institutes", "School", "Hospital", "Clinic", "Academy", "Association", "Society", "Organisation",
    "Organization", "Center", "Centers", "Centre", "Centres", "NIH", "CDC", "WHO", "NHS", "NICE", "FDA", "EMA",
    "Harvard", "Stanford", "Hopkins", "Mayo", "Imperial", "Karolinska", "MIT", "UCLA", "UCSF", "NYU", "MAPS",
    "Oxford", "Cambridge", "Yale",
})  # fmt: skip
_JOURNAL_FOLDED = frozenset(map(str.lower, _JOURNAL_WORDS))
_JOURNAL_WORD = Deferred(rf"\b(?:{'|'.join(sorted(_JOURNAL_WORDS))})\b")
_TRIAL_NAME = Deferred(
    r"\b(?P<name>[A-Z][A-Za-z]*[A-Z][A-Za-z]*(?:-[A-Z\d]+)?(?:[ -]?\d{1,2})?) (?:trials?|stud(?:y|ies)|programme"
    r"|program|cohort)\b"
)
_NO_TRIAL_NAME = Deferred(
    r"^(?:RCTs?|CBT|DBT|EMDR|HRT|MHT|SSRIs?|SNRIs?|TMS|ECT|MDMA|LSD|DMT|CBD|THC|LDN|GLP-?1|ADHD|PTSD|OCD|DID"
    r"|DPDR|HIV|COVID(?:-19)?|IBS|PCOS|MRI|PET|EEG|DNA|RNA|US|UK|EU|USA|FDA|EMA|PEMF|EMF|NAD|NMN|BPC|ME|CFS|IV"
    r"|AI|TRT|FMT|BP|LDL|HDL|AIDS|PMDD|COPD|T2D|T1D|SAD|GAD|MDD|BPD|HBOT|SGLT2|DPP|NSAIDs?|MAOIs?|NTX|KETAMINE"
    r"|EPA|DHA|HIIT|PhD|MD|UCLA|UCSF|UCSD|MIT|NYU|USC|UCL|NIH|CDC|WHO|NHS|VA|PPE|IT|R|OTC)(?:-\w+)?$"
)

# Keys and numbers.

_PANDOC = Deferred(
    r"(?<![\w.])-?@[a-zA-Z][\w:.#$%&+?<>~/-]*\d{2,4}\w*|\[(?:see |cf\.? )?-?@[a-zA-Z][\w:.-]*[^\]\n]{0,200}\]"
)
_BARE_KEY = Deferred(r"\b[a-z]+(?:_[a-z]+)*_(?:19|20)\d\d[a-z]?\b|\b[a-z]+:(?:19|20)\d\d[a-z]?\b")
_KEY_HINT = Deferred(r"[_:](?:19|20)\d\d")
_LATEX = Deferred(r"\\cite[tp]?\{[^}\n]+\}|\{\{<? ?(?:cite|ref|citation)[^}\n]{1,80}\}\}")
_SUPERSCRIPTS = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
_SUPERSCRIPT = Deferred(r"[¹²³⁰⁴-⁹]+(?:[,˒–‐-][¹²³⁰⁴-⁹]+)*")
_NOTE_NUMBERS = re.compile(r"\[?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\]?")
"""What a superscript that points to numbered sources holds."""
_NUMBERED = Deferred(
    r"\[(?P<square>\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\]|(?<=[\w.,;:”\")%] )\((?P<round>\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\)"
    r"|(?<=[a-z)”\"%][.,;:])(?P<after>\d{1,3}(?:[,–-]\d{1,3})*)(?=\s|$)"
    r"|(?<=[a-z]{3})(?P<glued>\d{1,2}(?:[,–-]\d{1,2})*)(?=[\s.,;:]|$)"
)
_REFERENCE_HEADING = Deferred(
    r"^\W*(?:\d+\W+)?(?:selected |key |main |full |scientific |cited |list of |works |further )?"
    r"(?:references?|sources?|bibliography|citations?|notes|footnotes|endnotes|literature|works cited|cited"
    r"|reading|studies cited|"
    r"references? (?:and|&) .{1,30}|sources? (?:and|&) .{1,30}|further reading .{0,20})\W*(?:list|cited)?\W*$",
    re.IGNORECASE,
)
_ENTRY_NUMBER = Deferred(r"(?:^|(?<=\s))(?:\[(\d{1,3})\]|(\d{1,3})[.)]|([¹²³⁰⁴-⁹]{1,3}))\s?(?=[\w\"“'‘<])")
_ENTRY_STARTS = "[0123456789¹²³⁰⁴⁵⁶⁷⁸⁹"
_SOURCE_NUMBER = Deferred(r"(\d{1,3})[.)\]]\s*(?:\*|_|\[)*$")
_LIKE_REFERENCE = Deferred(rf"\b{_YEAR}\b|https?://|\bdoi\b|\bPMID\b|\bPMC\d|\bISBN\b", re.IGNORECASE)
_SOURCE_LABEL = Deferred(
    r"^\W*(?:sources?|stud(?:y|ies)|papers?|references?|refs?|citations?|read (?:it|more)|full (?:text|paper"
    r"|study)|original (?:paper|article|study)|"
    r"link|see|from|via|adapted from|based on|reported in|doi|pmid|https?://|www\.|\()",
    re.IGNORECASE,
)
_REPORTED = Deferred(r"\W{0,3}(?:the )?(?:study|paper|trial|source|article|reference)\W{0,3}:", re.IGNORECASE)
_OPENING = 4
"""Blocks at the top of a section in which the study that it reports may be named."""
_ONE_SOURCE = Deferred(
    r"\b(?:source|study|paper|reference|citation|original (?:article|paper)|article)s?(?: of the (?:week|month)"
    r"| reviewed| discussed| summari[sz]ed)?\s*:"
    r"|\b(?:one|a single|this|the) (?:paper|study|trial|article)\b|\bpaper of the (?:week|month)\b",
    re.IGNORECASE,
)


_BEFORE = 14
_NAMES = 110
"""Characters around a year, or a journal's name, in which the rest of the reference is looked for."""
_AFTER = 12
_TRIAL_LENGTH = 40
_SHORTEST = 4
_OTHERS = Deferred(r"\bet al\b|\bcolleagues\b|\b(?:her|his|their) (?:team|co-?workers)\b")
_OTHERS_WORDS = ("et al", "colleagues", " team", " coworkers", " co-workers")
_YEARS = Deferred(r"(?:19[5-9]\d|20[0-4]\d)(?<!\w\d{4})[a-z]?\b")
"""A year as ``_YEAR`` has it; the digits come first, so that the search can skip to one."""
_TRIAL_WORD = Deferred(r" (?:trials?|stud(?:y|ies)|programme|program|cohort)\b")
_LABEL = 40
_LEADS = 6
_ADDRESSES = 2
"""One source may come with a link and a DOI, in one block or in two that follow each other."""
_MANY_SECTIONS = 3
_FEW_SOURCES = 4
_SEVERAL_LISTS = 3


def find_citations(annotations: Annotations) -> list[Citation]:
    """All citations of a draft, in order of the text."""
    document = annotations.document
    text = annotations.text
    lowered = text.lower()
    found: list[Citation] = []
    found += _marks(document)
    for kind, gates, pattern in _IDENTIFIERS:
        if any(gate in lowered or gate in text for gate in gates):
            found += (
                Citation(m.start(), m.end(), kind, m.group())
                for m in pattern.finditer(text)
                if kind != "url" or is_source_link(m.group())
            )
    found += _author_years(text)
    if "Dr" in text or "Prof" in text or "Doctor" in text:
        found += (Citation(m.start(), m.end(), "person", m.group()) for m in _PERSON.finditer(text))
    if any(word in lowered for word in _RESEARCH_WORDS):
        found += _names(annotations)
    if "@" in text:
        found += (Citation(m.start(), m.end(), "key", m.group()) for m in _PANDOC.finditer(text))
    if _KEY_HINT.search(text):
        found += (Citation(m.start(), m.end(), "key", m.group()) for m in _BARE_KEY.finditer(text))
    if "cite" in text or "{{" in text:
        found += (Citation(m.start(), m.end(), "key", m.group()) for m in _LATEX.finditer(text))
    found += _numbered(document)
    return sorted(set(found), key=lambda citation: (citation.start, citation.end, citation.kind))


def _marks(document: Document) -> Iterator[Citation]:
    """Links to sources, elements for citations and footnote markers that resolve."""
    own = own_host(document)
    for mark in document.marks:
        if mark.kind == "link":
            if is_source_link(mark.target, own) or _is_reference_link(
                mark.target, document.text[mark.start : mark.end]
            ):
                yield Citation(mark.start, mark.end, "link", mark.target)
        elif mark.kind == "citation":
            yield Citation(mark.start, mark.end, "key", mark.target)
        elif mark.kind == "footnote-ref" and mark.target in document.footnotes:
            yield Citation(mark.start, mark.end, "footnote", mark.target)


def _is_reference_link(target: str, shown: str) -> bool:
    """Whether a link leads to an entry of a list of sources: by its address, or by the number that it shows."""
    return _REFERENCE_ANCHOR.match(target) is not None or (
        target.startswith("#") and _REFERENCE_NUMBER.fullmatch(shown) is not None
    )


def _author_years(text: str) -> Iterator[Citation]:
    """Authors and journals beside a year, and authors with "et al."; looked for only around years and such words."""
    others = _OTHERS.finditer(text) if any(word in text for word in _OTHERS_WORDS) else ()
    for hint in others:
        start, end = _window(text, hint.start() - _NAMES, hint.end() + _AFTER)
        for m in _ET_AL.finditer(text, start, end):
            if m.start() <= hint.start() < m.end():
                yield Citation(m.start(), m.end(), "author-year" if m["year"] else "author", m.group())
    for year in _YEARS.finditer(text):
        start, end = _window(text, year.start() - _NAMES, year.end() + _NAMES)
        for m in _POSSESSIVE.finditer(text, start, end):
            yield Citation(m.start(), m.end(), "author-year", m.group())
        for m in _AUTHORS.finditer(text, start, year.end()):
            if m.end() == year.end() and _is_author(text, m):
                yield Citation(m.start(), m.end(), "author-year", m.group())
        for pattern in (_YEAR_THEN_JOURNAL, _JOURNAL_THEN_YEAR, _YEAR_BEFORE_JOURNAL):
            for m in pattern.finditer(text, start, end):
                if _JOURNAL_WORD.search(m["title"]):
                    yield Citation(m.start(), m.end(), "journal-year", m["title"])


def _is_author(text: str, m: re.Match[str]) -> bool:
    """Whether a capitalised word before a year is an author: several names, a bracket, or a place for a reference."""
    if m["first"].lower() in _NO_AUTHOR:
        return False
    several = " " in text[m.end("first") : m.start("gap")].strip()
    before = text[max(0, m.start() - _BEFORE) : m.start()].rpartition("\n")[2]
    return several or "(" in m["gap"] or _BEFORE_BARE.search(before) is not None


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """[start, end), held within the line and begun between words."""
    start = max(start, 0)
    line = text.rfind("\n", start, max(end - _AFTER, start))
    middle = (start + end) // 2
    if line >= middle:
        line = text.rfind("\n", start, middle)
    if line >= 0:
        start = line + 1
    elif start:
        start = max(text.find(" ", start, middle), start)
    stop = text.find("\n", middle, end)
    return start, stop if stop >= 0 else min(end, len(text))


def _journal_words(annotations: Annotations) -> list[tuple[int, int]]:
    """The spans of the words that a journal's or an institution's name may hold, in order."""
    places, starts, text = annotations.places, annotations.word_starts, annotations.text
    spans = [(starts[i], starts[i] + len(word)) for word in _JOURNAL_FOLDED if word in places for i in places[word]]
    return sorted((start, end) for start, end in spans if text[start:end] in _JOURNAL_WORDS)


def _names(annotations: Annotations) -> Iterator[Citation]:
    """Journals and institutions beside research words, works under their titles, trials that bear a name."""
    text = annotations.text
    for word, word_end in _journal_words(annotations):
        start, end = _window(text, word - _NAMES, word_end + _NAMES)
        if _RESEARCH_NEAR.search(text, start, end) is None:
            continue
        for pattern in (_IN_JOURNAL, _JOURNAL_STUDY):
            for m in pattern.finditer(text, start, end):
                if m.start("title") <= word < m.end("title"):
                    yield Citation(m.start(), m.end(), "journal", m["title"])
    if '"' in text or "“" in text:
        yield from (Citation(m.start(), m.end(), "title", m["title"]) for m in _TITLE.finditer(text))
    for hint in _TRIAL_WORD.finditer(text):
        start = max(0, hint.start() - _TRIAL_LENGTH)
        for m in _TRIAL_NAME.finditer(text, start, hint.end()):
            if m.end() == hint.end() and len(m["name"]) >= _SHORTEST and not _NO_TRIAL_NAME.match(m["name"]):
                yield Citation(m.start(), m.end(), "trial-name", m["name"])


def _numbered(document: Document) -> Iterator[Citation]:
    """Numbered markers that resolve to an entry of a reference list."""
    entries = reference_entries(document)
    if not entries:
        return
    listed = {document.blocks[i].start for blocks in entries.values() for i in blocks}
    for start, end, digits in _note_numbers(document):
        own = document.blocks[document.block_at(start)].start
        if own not in listed and any(int(n) in entries for n in re.findall(r"\d+", digits)):
            yield Citation(start, end, "numbered", digits)


def _note_numbers(document: Document) -> Iterator[tuple[int, int, str]]:
    """The spans of what may be the numbers of notes, raised or in brackets, with their plain digits."""
    text = document.text
    for mark in document.marks:
        if mark.kind == "superscript" and _NOTE_NUMBERS.fullmatch(text[mark.start : mark.end]):
            yield mark.start, mark.end, text[mark.start : mark.end]
    for pattern in (_NUMBERED, _SUPERSCRIPT):
        for m in pattern.finditer(text):
            yield m.start(), m.end(), next((g for g in m.groups() if g), m.group()).translate(_SUPERSCRIPTS)


def reference_entries(document: Document) -> dict[int, list[int]]:
    """Reference numbers with the indexes of the blocks that hold their entries."""
    entries: dict[int, list[int]] = {}
    for first, last in _reference_lists(document):
        count = 0
        for i in range(first, last):
            numbers = _entry_numbers(document, i)
            if document.blocks[i].kind is BlockKind.ITEM:
                count += 1
                numbers = numbers or [count]
            for number in numbers:
                entries.setdefault(number, []).append(i)
    text = document.text
    for i, block in enumerate(document.blocks):
        if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.FOOTNOTE):
            continue
        if block.kind is not BlockKind.ITEM and text[block.start] not in _ENTRY_STARTS:
            continue
        numbers = _entry_numbers(document, i)[:1]
        if numbers and _LIKE_REFERENCE.search(text, block.start, block.end):
            for number in numbers:
                entries.setdefault(number, []).append(i)
    return entries


def _reference_lists(document: Document) -> Iterator[tuple[int, int]]:
    """Block ranges under a heading, or a line of its own, that announces references."""
    for section in document.sections:
        for i in range(section.first, section.last):
            if _is_reference_label(document, i):
                yield i + 1, section.last
                break


def _is_reference_label(document: Document, index: int) -> bool:
    """Whether a heading or a short line of its own announces references."""
    block = document.blocks[index]
    label = block.kind is BlockKind.HEADING or (block.kind is BlockKind.PARAGRAPH and block.end - block.start < _LABEL)
    return label and _REFERENCE_HEADING.match(document.block_text(index)) is not None


def _entry_numbers(document: Document, index: int) -> list[int]:
    """The reference numbers that a block's text, or the list marker before it in the source, gives."""
    block = document.blocks[index]
    text = document.text[block.start : block.end]
    numbers: list[int] = []
    if _ENTRY_NUMBER.match(text):
        numbers = [int((m[1] or m[2] or m[3]).translate(_SUPERSCRIPTS)) for m in _ENTRY_NUMBER.finditer(text)]
    if not numbers and block.kind is BlockKind.ITEM:
        start, _ = document.source_span(block.start, block.start + 1)
        before = _SOURCE_NUMBER.search(document.source.text[max(0, start - 8) : start])
        if before:
            numbers.append(int(before[1]))
    return numbers


def _between(annotations: Annotations, start: int, end: int) -> Iterator[Citation]:
    """The citations that start in [start, end), and empty ones at ``end``."""
    citations = annotations.citations
    i = bisect_left(citations, start, key=lambda citation: citation.start)
    while i < len(citations) and citations[i].start <= end:
        if citations[i].start < end or citations[i].end == end:
            yield citations[i]
        i += 1


def cited(annotations: Annotations, start: int, end: int) -> bool:
    """Whether a citation stands in the text span [start, end), or a bare marker at its end."""
    return any(citation.kind not in NAME_KINDS for citation in _between(annotations, start, end))


def named(annotations: Annotations, start: int, end: int) -> bool:
    """Whether [start, end) at least names the journal or the institution."""
    return any(citation.kind in NAME_KINDS for citation in _between(annotations, start, end))


_ANOTHER = Deferred(
    r"\b(?:(?:a|an|another|one)(?: (?!meta)[\w'’-]+){0,3} (?:stud(?:y|ies)|trials?|experiment|survey)|(?:other"
    r"|further|new|newer|separate) (?:stud(?:y|ies)|trials|research)"
    r"|(?:research|studies|trials|evidence) also)\b",
    re.IGNORECASE,
)


def introduces_another(annotations: Annotations, sentence: Sentence) -> bool:
    """Whether a sentence brings in research that the sentences before it did not speak of: "another trial found"."""
    return _ANOTHER.search(annotations.text, sentence.start, sentence.end) is not None


def within_reach(annotations: Annotations, start: int, end: int, *, fresh: bool = False) -> bool:
    """Whether a reader at [start, end) finds a citation: in its block, beside it, directly after, or the only source.

    Beside means the lead-in of a list, the parent and the nested items of an item, the row, caption and lead-in of a
    table cell, the heading above, the paragraph before a quotation, and the "Sources:" of the section. With ``fresh``
    the sentence tells of research of its own, which the citations of the sentences before it are not for.
    """
    document = annotations.document
    sentence = annotations.sentence_at(start)
    index = document.block_at(start)
    near = (sentence, *annotations.neighbours(sentence))
    if any(cited(annotations, n.start, n.end) for n in near if not fresh or n.index >= sentence.index):
        return True
    company = _company(annotations, index)
    if fresh:
        own = next(company)
        block = document.blocks[own]
        if any(c.kind not in NAME_KINDS and c.kind not in NEAR_KINDS for c in _between(annotations, start, block.end)):
            return True
    if any(_block_cited(annotations, i) for i in company):
        return True
    after = index + 1
    if after < len(document.blocks) and _is_source_note(annotations, after):
        return True
    return _section_has_sources(annotations, index) or _section_reports(annotations, index) or one_source(annotations)


def _block_cited(annotations: Annotations, index: int) -> bool:
    block = annotations.block(index)
    return any(
        citation.kind not in NAME_KINDS and citation.kind not in NEAR_KINDS
        for citation in _between(annotations, block.start, block.end)
    )


def _section_has_sources(annotations: Annotations, index: int) -> bool:
    """Whether a list of a few sources closes the section of a block: "Sources:", or a bold line that says so."""
    document = annotations.document
    blocks = document.blocks
    section = blocks[index].section
    if len(document.sections) < _MANY_SECTIONS:
        return False
    following = document.sections[section + 1] if section + 1 < len(document.sections) else None
    last = document.sections[section].last
    if following and following.level == 7 and _REFERENCE_HEADING.match(document.block_text(following.heading)):
        first, last = following.heading, following.last
    else:
        first = next((i for i in range(index + 1, last) if _is_reference_label(document, i)), -1)
    if first < 0:
        return False
    return 0 < sum(_block_cited(annotations, i) for i in range(first, last)) <= _FEW_SOURCES


def _section_reports(annotations: Annotations, index: int) -> bool:
    """Whether the section of a block opens with the one study that it reports: "Study: ..."."""
    document = annotations.document
    section = document.sections[document.blocks[index].section]
    if section.level == 0:
        return False
    text = annotations.text
    for i in range(section.first, min(index, section.first + _OPENING)):
        if _REPORTED.match(text, document.blocks[i].start) and _block_cited(annotations, i):
            return True
    return False


def _company(annotations: Annotations, index: int) -> Iterator[int]:
    """The blocks whose citations count for one block, itself first."""
    blocks = annotations.document.blocks
    block = blocks[index]
    yield index
    lead = block.lead
    for _ in range(_LEADS):
        if lead < 0:
            break
        yield lead
        lead = blocks[lead].lead
    if block.kind in (BlockKind.HEADING, BlockKind.TITLE):
        yield from range(index + 1, annotations.document.sections[block.section].last)
        return
    if block.kind is BlockKind.CELL:
        yield from _row(blocks, index)
    elif block.kind is BlockKind.ITEM:
        yield from _nested(blocks, index)
    headings = annotations.headings(index)
    if headings and blocks[headings[0]].level > 1:
        yield headings[0]
    if block.quoted:
        yield from _quotation(blocks, index)


def _row(blocks: Sequence[Block], index: int) -> Iterator[int]:
    """The other cells of a cell's row, and the caption after its table."""
    block = blocks[index]
    i = index - 1
    while i >= 0 and blocks[i].group == block.group and blocks[i].row == block.row:
        yield i
        i -= 1
    i = index + 1
    while i < len(blocks) and blocks[i].group == block.group:
        if blocks[i].row == block.row:
            yield i
        i += 1
    if i < len(blocks) and blocks[i].kind is BlockKind.CAPTION:
        yield i


def _nested(blocks: Sequence[Block], index: int) -> Iterator[int]:
    """The items nested in an item."""
    block = blocks[index]
    for i in range(index + 1, len(blocks)):
        if blocks[i].group != block.group or blocks[i].level <= block.level:
            break
        yield i


def _quotation(blocks: Sequence[Block], index: int) -> Iterator[int]:
    """The other blocks of a quotation, and the one that introduces it."""
    i = index - 1
    while i >= 0 and blocks[i].quoted:
        yield i
        i -= 1
    if i >= 0:
        yield i
    i = index + 1
    while i < len(blocks) and blocks[i].quoted:
        yield i
        i += 1


def _is_source_note(annotations: Annotations, index: int) -> bool:
    """Whether a block does little else than name a source: "Source: ...", or a citation with a few words."""
    block = annotations.block(index)
    if block.kind is BlockKind.CELL:
        return False
    if block.kind is BlockKind.HEADING:
        return bool(_REFERENCE_HEADING.match(annotations.document.block_text(index))) and block.level == 7
    found = list(_between(annotations, block.start, block.end))
    if not found:
        return False
    text = annotations.text[block.start : block.end]
    if _SOURCE_LABEL.match(text):
        return True
    if found[0].start == block.start and found[0].kind == "link" and block.kind is BlockKind.ITEM:
        return True
    if block.kind is BlockKind.ITEM and block.group == annotations.block(index - 1).group:
        return False
    covered = sum(citation.end - citation.start for citation in found if citation.kind != "journal-year")
    return covered * 2 > len(text)


def one_source(annotations: Annotations) -> bool:
    """Whether the draft names one source in full, at the top or the end, and reports on it alone."""
    blocks = annotations.document.blocks
    holders: dict[int, list[Citation]] = {}
    for citation in annotations.citations:
        if citation.kind in FULL_KINDS or citation.kind == "author-year":
            holders.setdefault(annotations.document.block_at(citation.start), []).append(citation)
    if not holders or max(holders) - min(holders) >= _ADDRESSES:
        return False
    keys = {citation.key for found in holders.values() for citation in found if citation.kind in FULL_KINDS}
    full = [key for key in keys if not any(key != other and key in other for other in keys)]
    if not full or len(full) > _ADDRESSES:
        return False
    near_edge = max(holders) < 5 or min(holders) >= len(blocks) - 3
    return near_edge and any(_ONE_SOURCE.search(annotations.document.block_text(index)) for index in holders)


def sources_by_section(annotations: Annotations) -> bool:
    """Whether the draft lists its sources section by section, so that its summaries rest on them."""
    lists = _reference_lists(annotations.document)
    return sum(any(_block_cited(annotations, i) for i in range(*span)) for span in lists) >= _SEVERAL_LISTS
