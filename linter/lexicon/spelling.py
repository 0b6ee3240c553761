"""American and British spelling of the words in lexicons and tables. One spelling is listed; the other is made."""

from __future__ import annotations

import re

# American to British. The first group may stand beside -ize (Oxford spelling), so -ise is applied apart from it.
_BRITISH: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        (r"(?<=[a-z])(?<!acad)(?<!boh)emia(s?)\b", r"aemia\1"),
        (r"\b(isch|an|ur|(?:\w*)glyc|\w*lipid|leuk|\w*vol|hypox|septic)emic\b", r"\1aemic"),
        (r"\banemia", "anaemia"),
        (r"\b(H|h)em(?=orrh|o(?:glob|phil|lyt|dial|dynam|stas|chrom|thorax)|at(?:o|u)|angio)", r"\1aem"),
        (r"\bedema", "oedema"),
        (r"\bEdema", "Oedema"),
        (r"\bangioedema", "angio-oedema"),
        (r"(?<=[a-np-z])edema", "oedema"),
        (r"\bgastroesoph", "gastro-oesoph"),
        (r"\besoph", "oesoph"),
        (r"\bEsoph", "Oesoph"),
        (r"(?<=[a-z])rrhe(?=a|ic)", "rrhoe"),
        (r"(?<=[a-z])pnea", "pnoea"),
        (r"(A|a)nesth", r"\1naesth"),
        (r"(G|g)ynec", r"\1ynaec"),
        (r"(P|p)ediatr", r"\1aediatr"),
        (r"(T|t)umor", r"\1umour"),
        (r"(B|b)ehavior", r"\1ehaviour"),
        (r"\b(L|l)abor\b", r"\1abour"),
        (r"\bestr(?=ogen|adiol|iol\b|one\b)", "oestr"),
        (r"\bEstr(?=ogen|adiol|iol\b|one\b)", "Oestr"),
        (r"\b(F|f)iber", r"\1ibre"),
        (r"\b(S|s)ulf(?=a)", r"\1ulph"),
        (r"\b(F|f)ecal\b", r"\1aecal"),
        (r"\b(F|f)etal\b", r"\1oetal"),
        (r"\b(C|c)eliac\b", r"\1oeliac"),
        (r"\b(C|c)esarean", r"\1aesarean"),
        (r"\baging\b", "ageing"),
        (r"\bAging\b", "Ageing"),
        (r"\b(C|c|F|f|H|h|N|n|R|r|V|v)(ol|av|on|eighb|um|ig|ap)or(?=(?:s|ed|ing|al|ful|able|ite)?\b)", r"\1\2our"),
        (r"\b(F|f)lavor", r"\1lavour"),
        (r"\b(O|o)dor(?=s?\b)", r"\1dour"),
        (r"\b(C|c)enter(?=s?\b|ed\b)", r"\1entre"),
        (r"\b(P|p)rogram(?=s?\b)", r"\1rogramme"),
        (r"\b(F|f)ulfill(?=s?\b)", r"\1ulfil"),
        (r"\b(C|c)ounsel(?=ing\b|ed\b)", r"\1ounsell"),
        (r"\b(L|l)abel(?=ing\b|ed\b)", r"\1abell"),
        (r"\b(D|d)efense\b", r"\1efence"),
        (r"\b(O|o)rthoped", r"\1rthopaed"),
    )
)
_HINT = re.compile(
    r"emi|hem|edema|esoph|rrhe|pnea|nesth|ynec|ediatr|umor|ehavior|abor|estr|iber|ulfa|ecal|etal|eliac|esar|aging"
    r"|[iy]z|[dlmnpvgb]or|enter|rogram|ulfill|ounsel|abel|efense|rthoped",
    re.IGNORECASE,
)
"""What a text must hold to have a British spelling of its own; most have none, and are settled by this alone."""
_ISE = re.compile(r"(?<=[a-z]{3})iz(?=(?:e|ed|es|ing|er|ers|ation|ations)\b)|(?<=[a-z]{2})yz(?=(?:e|ed|es|ing)\b)")
_NO_ISE = re.compile(r"\b(?:over|under|out|cap)?(?:size|prize|seize)", re.IGNORECASE)


def spellings(text: str) -> set[str]:
    """The text as written, and as a British writer may spell it; a capital stays one."""
    if not _HINT.search(text):
        return {text}
    british = text
    for pattern, new in _BRITISH:
        british = pattern.sub(new, british)
    found = {text, british}
    for form in (text, british):
        if not _NO_ISE.search(form):
            found.add(_ISE.sub(lambda m: m[0][0] + "s", form))
    return found
