"""The dose check: what is an amount to take, and what is a caveat in reach."""

from __future__ import annotations

import time
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from linter import lint_text
from linter.engine.rulebook import RuleBook, load_book

if TYPE_CHECKING:
    from linter.findings import Finding

RULE = "dose/missing-prescriber-caveat"


@lru_cache(maxsize=1)
def book() -> RuleBook:
    """The shipped book with the dose rule alone."""
    whole = load_book()
    return RuleBook(tuple(rule for rule in whole.rules if rule.id == RULE), whole.lexicon, whole.knowledge)


def findings(draft: str, filename: str = "draft.md") -> list[Finding]:
    return list(lint_text(draft, filename, book=book()))


@pytest.mark.parametrize(
    "draft",
    [
        "Adults usually take 25 to 50 mg of diphenhydramine at bedtime.",
        "The typical dosage of NAC is 600 mg twice a day.",
        "Start with one capsule a day and work up to three.",
        "**Dosage:** 250-500 mg, 2x/day",
        "I recommend 200 mg of magnesium glycinate before bed.",
        "- Rhodiola rosea (200-400 mg): for stamina\n- Bacopa (300 mg): for memory",
        "### L-theanine\n\nAim for 200 mg, paired with your morning coffee.",
        "Do not take more than 4 g of paracetamol in 24 hours.",
        "Most patients respond to 1.5 to 4.5 mg of naltrexone.",
        "| Supplement | Dosage |\n|---|---|\n| Vitamin D3 | 5,000 IU |\n| Omega-3 | 2 g |",
        "| Supplement | Dose (mg) |\n|---|---|\n| Magnesium | 300 |",
        "Studies show that ashwagandha lowers cortisol, so take 600 mg daily.",
        "Take 3 mg of melatonin. No need to bother your GP about it.",
        "Take 3 mg of melatonin. This is not medical advice.",
        "Take 3 mg of melatonin and an old episode of *Doctor Who*.",
    ],
)
def test_flags(draft: str) -> None:
    assert findings(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "Pumpkin seeds are rich in magnesium, with about 150 mg per ounce.",
        "## Foods rich in magnesium\n\n- Pumpkin seeds: 150 mg\n- Almonds: 80 mg",
        "| Food | Iron (mg) |\n|---|---|\n| Liver | 6.5 |",
        "| Drink | Caffeine (mg) |\n|---|---|\n| Cocoa | 8 |",
        "| Marker | Usual |\n|---|---|\n| TSH (mIU/L) | 2 |\n| Cortisol (µg/dL) | 14 |",
        "Limit sodium to 2,300 mg a day.",
        "In the study, patients took 300 mg of magnesium daily for 12 weeks.",
        "The RDA for vitamin D is 600 IU for adults.",
        "I took 25 mg of sertraline for a year before I felt anything.",
        "She was prescribed 20 mg of fluoxetine.",
        "Each softgel delivers 1,000 mg of fish oil.",
        "Adults can safely have up to 400 mg of caffeine a day.",
        "**Caffeine:**\n\n- Disrupts sleep\n- Limit to 200 mg a day\n",
        "You need 1.6 g of protein per kg of body weight a day.",
        "Her ferritin was 12 ng/mL and she lost 14 kg on semaglutide.",
        "The half-life of a 10 mg dose is six hours.",
        "The lethal dose of caffeine is above 10 g.",
        "```\nTake 50 mg of sertraline daily.\n```",
        "![Take 50 mg of sertraline daily](x.png)",
    ],
)
def test_passes(draft: str) -> None:
    assert not findings(draft)


DOSE = "Take 50 mg of sertraline each morning."


@pytest.mark.parametrize(
    "draft",
    [
        f"{DOSE} Ask your doctor first.",
        f"{DOSE}\n\nTalk to your pharmacist about other medicines.",
        f"See your GP first.\n\n{DOSE}",
        f"## Sertraline\n\n{DOSE}\n\nIt may upset your stomach.\n\nEat first.\n\nYour prescriber may change it.",
        f"{DOSE} Follow the label.",
        f"{DOSE} Only under medical supervision.",
        f"- {DOSE}\n- Let a nurse check your pulse.",
        "| Drug | Dose |\n|---|---|\n| Sertraline | 50 mg |\n\nYour clinic sets the dose.",
        f"## Dose\n\n{DOSE}\n\n## Safety\n\nAlways talk to your doctor before starting a new medicine.",
    ],
)
def test_caveat_in_reach(draft: str) -> None:
    assert not findings(draft)


@pytest.mark.parametrize(
    "draft",
    [
        f"## Dose\n\n{DOSE}\n\n## Kidneys\n\nIf you have kidney disease, ask your doctor.",
        f"**Dose**\n\n{DOSE}\n\n**History**\n\nA doctor in Basel first described it.",
        f"{DOSE} Doctors love it.",
    ],
)
def test_no_caveat(draft: str) -> None:
    assert findings(draft)


def test_one_finding_a_list() -> None:
    found = findings("For sleep:\n\n- Glycine: 3 g\n- Melatonin: 1 mg\n- Magnesium: 300 mg\n")
    assert [(f.line, f.excerpt) for f in found] == [(3, "3 g")]
    assert "2 more" in found[0].message
    assert found[0].captures["drug"] == "glycine"


def test_a_finding_for_each_paragraph() -> None:
    assert [f.line for f in findings(f"{DOSE}\n\nThen take 100 mg of sertraline each morning.")] == [1, 3]


def test_place_in_html() -> None:
    found = findings("<h2>Sleep</h2>\n<p>Take <b>3&nbsp;mg</b> of melatonin at night.</p>", "draft.html")
    assert [(f.line, f.column, f.excerpt) for f in found] == [(2, 12, "3&nbsp;mg")]


def test_linear_in_doses() -> None:
    def seconds(count: int) -> float:
        draft = "Take 50 mg of sertraline each morning.\n\n" * count
        start = time.perf_counter()
        assert len(findings(draft)) == count
        return time.perf_counter() - start

    small, large = max(seconds(200), 0.01), seconds(2000)
    assert large < small * 40


# Paragraphs as they stand in blogs, handouts, clinic notes, product pages and tables.
AMOUNTS_TO_TAKE = [
    "**Dosage:** 2,000 mg of fish oil daily (providing 1,000 mg of EPA).",
    "## Elderberry\n\n- **Syrup:** 1 tablespoon daily\n",
    (
        "My go-to for readers who lie awake is magnesium bisglycinate. Three hundred milligrams, an hour or "
        "so before lights out, does the trick for nearly everybody."
    ),
    (
        "| Peptide | Amount | How often |\n|---|---|---|\n| BPC-157 | 250 mcg | twice a day |\n| TB-500 | 2 "
        "mg | Mondays and Thursdays |"
    ),
    "## Thornfield Calm\n\n**Suggested use:** 2 capsules daily with food.\n\nMade in Oregon.",
    "Benadryl works for itchy dogs too, at 1 mg per pound twice a day.",
    "## Children's paracetamol\n\nKids over six get 5 ml of the syrup every four to six hours.",
    "Plan: start LDN 1.5 mg qhs, increase by 1.5 mg every 2 wks to 4.5 mg as tolerated.",
    "If the headache hasn't shifted after two hours, a second 50 mg sumatriptan is fine.",
    "## Melatonin\n\nLess is more. 0.3 mg, not 10.",
    "Microdosers tend to go with a tenth of a gram of dried mushrooms every third day.",
    "The protocol calls for 600 mg NAC in the morning and 600 mg again at six.",
    "Poison ivy all over? A prednisone burst: 40 mg x 5 days, then stop.",
    "Coach Mia has her clients on 400 mg of magnesium a night.",
    (
        "# Sildenafil: a plain guide\n\nIt opens the blood vessels.\n\nDouble it to 100 mg if a fortnight "
        "passes and nothing has changed."
    ),
    "## Metronidazole\n\nDose: 1 tab PO q8h x 7 days.",
    "Psyllium: start with a teaspoon in a full glass of water, and work up to a tablespoon.",
    "Hangover? Take two Advil and a pint of water before you sleep.",
    "Pop two aspirin at the first twinge and two more four hours later.",
    "They put everybody on 50 mg of spironolactone and push it to 100 if the jawline hasn't cleared.",
    "<dl><dt>Zinc picolinate</dt><dd>15 to 30 mg, with dinner</dd></dl>",
    "How I dose my patients: pregnenolone, 10 mg on waking, DHEA, 5 mg with breakfast.",
    "Week 3: bump to 7.5 mg of tirzepatide.",
    "Vitamin D by age:\n\n| Age | Take |\n|---|---|\n| under 1 | 400 IU |\n| adults | 2,000 IU |",
    "Modafinil? Half a 200 mg tablet at seven, never after ten.",
    "- **Morning:** B-complex, 1 capsule\n- **Noon:** CoQ10, 100 mg\n- **Night:** magnesium, 2 capsules",
    "| Day | Prednisone |\n|---|---|\n| 1 | 60 mg |\n| 2 | 50 mg |\n| 3 | 40 mg |",
    "Guidelines start metformin at 500 mg with the evening meal and raise it weekly to 2 g.",
    "Skip the antibiotic; D-mannose, 2 g in water every three hours, flushes it out.",
    (
        "<table><tr><th>Herb</th><th>Per day</th></tr><tr><td>Valerian</td><td>450 "
        "mg</td></tr><tr><td>Hops</td><td>120 mg</td></tr></table>"
    ),
    "| | Starting | Target |\n|---|---|---|\n| Lisinopril | 10 mg | 40 mg |\n| Carvedilol | 3.125 mg | 25 mg |",
    "**My pick for sleep:** Lullaby Gummies. Chew two before bed; each gummy holds 2 mg of melatonin.",
    "With tirzepatide you climb in 2.5 mg steps: 2.5, 5, 7.5, each for four weeks.",
    "A tincture dose is 30 to 60 drops, three times a day, for as long as the cough lasts.",
    "Estradiol gel: two pumps a day, rubbed into the upper arms.",
    "Use 1 ml of the CBD oil per 10 kg of dog.",
    "Naltrexone is initiated at 25 mg on day one and, if all is quiet, advanced to 50 mg.",
    "I often recommend a month of microdoses ahead of a full dose of 5 grams of psilocybin mushrooms.",
    "Sleep doctor Rana Idris advises her readers to cap it at 500 mg of elemental magnesium.",
    "50 mg of hydroxyzine, up to four times a day, is the ceiling.",
    "Stay at or below 350 mg of magnesium from pills.",
]

OTHER_AMOUNTS = [
    "## Elderberry\n\n- **Honey:** 1 tablespoon for each cup\n",
    "A standard multivitamin has 18 mg of iron and 400 mcg of folate.",
    "In 2013 the FDA cut the starting dose of zolpidem for women from 10 to 5 mg.",
    "Most states cap edibles at 10 mg of THC apiece.",
    "The patch releases 21 mg of nicotine over 24 hours.",
    "A 2019 report described two lifters who had taken 40 g of creatine by mistake.",
    "Poison centers hear about toddlers who have eaten ten melatonin gummies.",
    "Compounding pharmacies make it up as 1.5, 3 and 4.5 mg capsules.",
    "The bottle promised 600 mg of ashwagandha; the lab found 212 mg.",
    "The nurse will draw about 10 ml of blood for the vitamin D test.",
    "As little as 2 mg of fentanyl can kill a person who isn't used to it.",
    "A cup of milk has 300 mg of calcium, a cup of kale 95 mg.",
    "A month's supply of berberine (60 capsules) runs to $34.",
    (
        "| Supplement facts | Amount per serving | % Daily value |\n|---|---|---|\n| Vitamin C | 500 mg | "
        "556% |\n| Zinc | 15 mg | 136% |"
    ),
    "| Drug | Strength | Cash price |\n|---|---|---|\n| Losartan | 50 mg | $12 |\n| Sertraline | 100 mg | $9 |",
    "He now gets by on 5 mg of prednisone, down from 40.",
    "A tablet of regular-strength Tylenol is 325 mg, and an extra-strength one is 500 mg.",
    "Brazil nuts carry 70 to 90 mcg of selenium each, so two cover your day.",
    "She told the court that he'd put 10 mg of zolpidem into her tea.",
    "A baby aspirin in the US is 81 mg; in Britain it's 75.",
    "Lot 2231 of the 20 mg tablets was recalled in May.",
    "The kidneys clear about half of a 300 mg dose of lithium within a day.",
    "By 1975 some clinics gave 100 mg of methadone a day, others 30.",
    "A 10 mg tablet and a 10 mg capsule are the same medicine in another coat.",
    "The ER doctor gave him 0.4 mg of naloxone and he sat up swearing.",
    "Adults get about 250 mg of magnesium a day from food.",
    "The EU allows 300 mcg of melatonin in a food supplement; above that it's a medicine.",
    "A box of 16 paracetamol 500 mg tablets is the most that a British supermarket will sell you.",
    "Spinach: 157 mg of magnesium per cooked cup. Cashews: 74 mg.",
    "His last fill was 90 tablets of oxycodone 10 mg, which the pharmacist queried.",
    "Oura says I slept eight hours; I'd had 400 mg of magnesium, two glasses of wine and a bath.",
    "Insurance covers the 0.5 mg pen but not the 1 mg one.",
    "Pharmacies couldn't get the 30 mg Adderall for most of 2023.",
    "What does 100 mg of CBD look like? About four of our gummies.",
    "We make three creams: 20 mg, 40 mg and 80 mg of progesterone per pump.",
    "The athlete tested positive after a supplement turned out to hold 2 mg of ostarine.",
    "Sunscreen: a teaspoon for the face, two tablespoons for the body.",
    "Fill a syringe with 60 ml of warm water to clear the feeding tube.",
    "| Food | Serving | Magnesium |\n|---|---|---|\n| Chia | 28 g | 111 mg |\n| Spinach | 90 g | 78 mg |",
    "Her discharge letter listed furosemide 40 mg and ramipril 5 mg.",
    "Each pump gives 0.75 mg of estradiol.",
    "Doctors there used up to 40 mg of prednisone in those years, said Dr. Oyelaran.",
    "Naltrexone is approved for alcohol use disorder at 50 mg a day.",
    "Sertraline 50 mg was started by her psychiatrist after the second visit.",
    "Pill identifiers: white, oval, 10 mg, imprint A5.",
    "Someone on 60 mg of methadone would be thrown into withdrawal by it.",
]

WITH_SOMEBODY_TO_ASK = [
    "Whatever strength of pseudoephedrine you have, 30 or 60 mg, read the label and stick to it.",
    (
        "## Sertraline\n\nThe usual range is 50 to 200 mg a day.\n\nYour prescriber works out with you "
        "where in that range you belong."
    ),
    "Take 400 mg of ibuprofen with food. Don't exceed the dose on the packet without asking a pharmacist.",
    (
        "How much naltrexone you take is between you and your prescriber; doses from 1.5 to 4.5 mg are what "
        "the studies used."
    ),
    "Talk to whoever prescribes your warfarin before you add 1,000 mg of fish oil.",
    (
        "For a stuffy nose there's pseudoephedrine, 60 mg. A pharmacist keeps it behind the counter and can "
        "tell you if it suits you."
    ),
    "Don't change your 50 mg tablet for two 25 mg ones without asking your pharmacist.",
    "Prescribers seldom go beyond 200 mg of sertraline, and yours will tell you if you need to.",
    (
        "My pharmacist cousin says doses of 10 mg are far too high, and that you should ask at the counter "
        "before you buy any."
    ),
]


def filename(draft: str) -> str:
    return "draft.html" if draft.startswith("<") else "draft.md"


@pytest.mark.parametrize("draft", AMOUNTS_TO_TAKE)
def test_amounts_to_take(draft: str) -> None:
    assert findings(draft, filename(draft))


@pytest.mark.parametrize("draft", [*OTHER_AMOUNTS, *WITH_SOMEBODY_TO_ASK])
def test_other_amounts(draft: str) -> None:
    assert not findings(draft, filename(draft))


@pytest.mark.parametrize(
    "draft",
    [
        (
            "**How much?**\nTake 5 g of creatine daily.\n\n**Which kind?**\nMonohydrate.\n\n**My kidneys?**\n"
            "Ask your doctor."
        ),
        "Take 3 mg of melatonin. Most sleep doctors recommend it.",
        "Take 3 mg of melatonin. It came up on a video call with a nurse.",
        "Pharmacist Ann Roe recommends 3 mg of melatonin.",
    ],
)
def test_whom_to_ask_stands_elsewhere(draft: str) -> None:
    assert findings(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "**How much?**\nTake 5 g of creatine daily.\n\n**Which kind?**\nMonohydrate, and ask your doctor first.",
        "Take 3 mg of melatonin, but never without asking your doctor.",
        "My doctor settled on 3 mg of melatonin. Take what suits you, but ask yours.",
    ],
)
def test_whom_to_ask_stands_near(draft: str) -> None:
    assert not findings(draft)


def test_clinicians_who_use_it_mean_their_patients() -> None:
    draft = "For cramps I use magnesium citrate, 200 mg at night."
    assert not findings(draft)
    assert findings(f"{draft}\n\nMy patients like the powder.")
