"""The check ``claim``: each way in which a sentence claims a benefit, and each way in which it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from linter import lint_text
from tests.annotate.toy import book

if TYPE_CHECKING:
    from linter.findings import Finding

RULE = "efficacy/unqualified-claim"


def claims(draft: str) -> list[Finding]:
    return [finding for finding in lint_text(draft, "draft.md", book=book()) if finding.rule == RULE]


def claim(draft: str) -> Finding:
    (finding,) = claims(draft)
    return finding


class TestFlagged:
    @pytest.mark.parametrize(
        "draft",
        [
            # finite verbs
            "Valerian shortens migraine attacks.",
            "Ginger eases nausea.",
            "St John’s wort lifts depression.",
            "Fish oil lowers blood pressure.",
            "Yoga relieves back pain within weeks.",
            "Psilocybin treats depression.",
            "Melatonin will improve your sleep.",
            "Ashwagandha is lowering her cortisol and easing her anxiety.",
            "Migraine is relieved by magnesium.",
            "This tea banishes insomnia.",
            # fragments under a heading, a lead-in or in a table
            "## Benefits of turmeric\n\n- Reduces joint pain\n- Fights inflammation\n",
            "## Ashwagandha benefits\n\n- Better sleep\n- Less anxiety\n",
            "| Herb | Effect |\n|---|---|\n| Valerian | Relieves insomnia |\n",
            "Magnesium:\n\n- Eases cramps\n- Improves sleep\n",
            # participles
            "Magnesium works on the nerves, easing anxiety.",
            "Take ashwagandha at night, calming anxiety and restoring sleep.",
            # nouns
            "Acupuncture brings relief from migraine.",
            "The benefit of turmeric is a reduction in joint pain.",
            "Ketamine gives fast relief from depression.",
            # adjectives
            "Lavender oil is effective for anxiety.",
            "Semaglutide is an effective treatment for obesity.",
            "CBT is highly effective against insomnia.",
            "Kava is safe and effective for anxiety.",
            # promises to people
            "With ashwagandha you’ll notice deeper sleep.",
            "Most women on magnesium notice fewer migraines.",
            "People who take saffron feel calmer.",
            # comparisons
            "Curcumin is more effective than ibuprofen for joint pain.",
            "Saffron works as well as fluoxetine for depression.",
            "Berberine beats metformin for blood sugar.",
            # split idioms
            "Red yeast rice brings cholesterol down.",
            "Cherry juice sends gout packing.",
            # verbs that praise whatever their object
            "Arnica heals.",
            "Chamomile soothes the whole family.",
            # the target is named in the sentence before
            "Anxiety is common. Ashwagandha reduces it.",
            "Many people have insomnia. Valerian relieves it.",
            # words that are complete in themselves
            "Magnesium works for migraine.",
            "Ashwagandha helps with anxiety. It works.",
            # the treatment is named in the sentence before
            "Ashwagandha is an old herb. It reduces anxiety.",
            "Turmeric is yellow. It fights inflammation and eases pain.",
            # coordinated verbs
            "Valerian calms nerves, lowers blood pressure and improves sleep.",
            # pseudo-cues
            "Magnesium not only reduces anxiety but improves sleep.",
            "No doubt magnesium relieves migraine.",
            # headings
            "## Magnesium relieves migraine\n\nText.\n",
            "## How it works\n\nMagnesium relieves migraine.\n",
        ],
    )
    def test_a_claim(self, draft: str) -> None:
        assert any(finding.severity == "warning" for finding in claims(draft))


class TestPassed:
    @pytest.mark.parametrize(
        "draft",
        [
            # polarity: less of what one wants, more of what one does not
            "Opioids cause constipation.",
            "Sertraline reduces libido.",
            "Caffeine increases anxiety.",
            "Prednisone raises blood sugar.",
            "Alcohol worsens sleep.",
            # harmful subjects
            "Stress raises blood pressure.",
            "Chronic pain disturbs sleep.",
            "Migraine reduces quality of life.",
            "Smoking increases inflammation.",
            "Depression lowers energy.",
            # hedges
            "Valerian may shorten migraine attacks.",
            "Ginger seems to ease nausea.",
            "Ginger eases nausea in some people.",
            "Perhaps ginger eases nausea.",
            "Ashwagandha could reduce anxiety and improve sleep.",
            "Turmeric is thought to fight inflammation.",
            # negation
            "Valerian does not relieve insomnia.",
            "Homeopathy has never relieved migraine.",
            "Ginger doesn’t ease nausea.",
            "Nothing shows that ginger eases nausea.",
            "Ginger fails to ease nausea.",
            "Neither ginger nor mint eases nausea.",
            # questions
            "Does ginger ease nausea?",
            "Can magnesium relieve migraine?",
            "## Does turmeric work?\n",
            # quotations
            "The label says “reduces anxiety” in large letters beside the magnesium.",
            "“Magnesium cured my migraine,” one reader wrote.",
            # others' views
            "According to its maker, ginger eases nausea.",
            "Fans say that magnesium relieves migraine.",
            "The website claims that turmeric fights inflammation.",
            # status, not effect
            "Sertraline is approved to treat depression.",
            "Sumatriptan is licensed for migraine.",
            "Doctors prescribe propranolol to prevent migraine.",
            # aims
            "The trial aims to show whether ginger eases nausea.",
            "The programme is designed to reduce anxiety with yoga.",
            "She takes magnesium in order to relieve migraine.",
            # conditions
            "If magnesium relieves your migraine, tell your doctor.",
            "Ask whether ginger eases nausea.",
            "Unless magnesium relieves the pain, stop it.",
            # what a study found
            "One study found that ginger eased nausea in 40 women.",
            "In a trial, magnesium relieved migraine in half of them.",
            # a source to follow
            "Ginger eases nausea (Tan et al., 2019).",
            "Ginger eases nausea [1](https://doi.org/10.5555/x).",
            "Ginger eases nausea.[^1]\n\n[^1]: Tan A. Ginger. J Med. 2019. doi:10.5555/x\n",
            # thin evidence
            "Ginger eases nausea. The evidence is weak.",
            "Ginger eases nausea, but the studies are small.",
            # rejection
            "It is a myth that ginger eases nausea.",
            "The claim that ginger eases nausea is false.",
            # past beliefs
            "Ginger was once thought to ease nausea.",
            # modality passed down
            "## Potential benefits of turmeric\n\n- Reduces joint pain\n- Fights inflammation\n",
            "## What turmeric may do\n\n- Reduces joint pain\n",
            "Turmeric may help with:\n\n- reduced joint pain\n- better sleep\n",
            "## Unproven claims about turmeric\n\n- Reduces joint pain\n",
            "| Possible effect | Herb |\n|---|---|\n| Relieves insomnia | Valerian |\n",
            # references and lists of links
            "## References\n\n- Tan A. Ginger eases nausea in pregnancy. J Med. 2019.\n",
            "Read more:\n\n- [Ginger eases nausea](/ginger)\n- [Magnesium relieves migraine](/mg)\n",
            "[Why magnesium relieves migraine and what to do about it](/mg)\n",
            # answers
            "Ginger eases nausea: not proven.",
            "| Ginger | Proven? |\n|---|---|\n| Eases nausea | No |\n",
            # mechanisms
            "Naltrexone blocks opioid receptors.",
            "Sertraline inhibits the reuptake of serotonin.",
            "How metformin works is not fully known.",
            "Acupuncture has not been shown to be more effective than ibuprofen for migraine.",
            # other senses
            "Lower doses of magnesium are enough.",
            "Treat your doctor with respect.",
            "The balance of the evidence matters.",
            "The relief worker took ibuprofen.",
            "Magnesium is a mineral.",
            "Take magnesium with food.",
            # titles
            "---\ntitle: Magnesium relieves migraine\n---\n\nText.\n",
            # no health at all
            "The update improves memory usage and reduces latency.",
            "The new bus lane relieves the traffic.",
        ],
    )
    def test_no_claim(self, draft: str) -> None:
        assert not claims(draft)


class TestFindings:
    def test_the_span_runs_from_the_benefit_word_to_its_target(self) -> None:
        assert (
            claim("Many know that magnesium relieves severe migraine at night.").excerpt == "relieves severe migraine"
        )

    def test_names_what_is_credited_with_what(self) -> None:
        captures = claim("Magnesium relieves migraine.").captures
        assert captures["benefit"] == "relieves"
        assert captures["target"] == "migraine"
        assert captures["intervention"].lower() == "magnesium"

    def test_one_a_sentence(self) -> None:
        assert len(claims("Magnesium relieves migraine and eases anxiety. Valerian relieves insomnia.")) == 2

    def test_each_item_of_a_list(self) -> None:
        draft = "## Benefits of turmeric\n\n- Reduces joint pain\n- Is yellow\n- Fights inflammation\n"
        assert [finding.line for finding in claims(draft)] == [3, 5]

    def test_yields_to_a_promise_of_cure(self) -> None:
        rules = [f.rule for f in lint_text("Magnesium cures migraine.", book=book())]
        assert rules == ["efficacy/absolute-claim"]


class TestContrasts:
    """Pairs that differ in one thing."""

    @pytest.mark.parametrize(
        ("flagged", "passed"),
        [
            ("Magnesium relieves migraine.", "Magnesium may relieve migraine."),
            ("Magnesium relieves migraine.", "Does magnesium relieve migraine?"),
            ("Magnesium relieves migraine.", "Triptan overuse worsens migraine."),
            ("## Benefits of turmeric\n\n- Reduces pain\n", "## Potential benefits of turmeric\n\n- Reduces pain\n"),
            ("Turmeric:\n\n- eases joint pain\n", "What turmeric might do:\n\n- eases joint pain\n"),
            ("Ginger eases nausea.", "Ginger eases nausea: unproven."),
            ("Ginger eases nausea. Mint smells good.", "Ginger eases nausea. The evidence is weak."),
            ("Ginger eases nausea.\n\nTan et al. (2019).", "Ginger eases nausea (Tan et al., 2019)."),
            ("Lavender oil is effective for anxiety.", "An effective dose of lavender oil is not known."),
            ("It is certain: ginger eases nausea.", "It is a myth: ginger never eases nausea."),
            ("Yoga reduces stress.", "Yoga reduces the number of parking spaces."),
            # safety by comparison and by denial
            ("Kava is much safer than diazepam for anxiety.", "Is kava safer than diazepam for anxiety?"),
            ("Kava for anxiety:\n\n- Minimal side effects\n", "Kava for anxiety:\n\n- Common side effects\n"),
            ("Kava has almost no side effects.", "Kava has some side effects."),
            ("Magnesium is safe for daily use.", "Magnesium is generally safe for daily use."),
            # praise of a remedy for an illness
            ("Kava is the best herb for anxiety.", "Kava is the best known herb of the islands."),
            ("Its calm makes kava an ideal remedy for anxiety.", "Nobody has found an ideal remedy for anxiety."),
            ("Kava offers effective approaches to anxiety.", "Talk about effective approaches to anxiety."),
            ("Comfrey has healing properties.", "Nobody has tested comfrey for healing properties."),
            # rows and lists
            ("| Herb | Note |\n|---|---|\n| Kava | relieves anxiety |\n",
             "| Herb | Note |\n|---|---|\n| Kava | grows on islands |\n"),
            ("Vinegar:\n\n- Clears acne\n- Soothe a sore throat\n", "Vinegar:\n\n- Shake it\n- Soothe a sore throat\n"),
            ("Kava (anxiety reduction) is drunk at dusk.", "Kava (anxiety permitting) is drunk at dusk."),
            # the verb may have any subject, a list of things to do claims nothing
            ("Kava has a page. Migraine is common.\n\nTen minutes in the sea relieves depression.",
             "Kava has a page. Migraine is common.\n\nOur clinicians relieve depression."),
            ("Kava works on the nerves, thus easing and ending anxiety.",
             "With kava comes a plan: eating well, reducing stress."),
            ("Kava tea supports the heart and reduces inflammation.", "Kava tea and reduced inflammation are topics."),
            ("With kava most patients notice deeper sleep.", "With kava 40% of patients notice deeper sleep."),
            ("With kava you'll sleep better.", "Kava or not, sleep is what you'll do better without."),
            # perfect tense, passives with what did it in front, labels
            ("Kava has relieved migraine in our clinic.", "The clinic has relieved migraine for decades, kava aside."),
            ("By drinking kava, restful sleep is restored.", "By drinking kava, doubts are raised and never restored."),
            ("## Kava\n\n**Benefits**: improved sleep", "## Kava\n\n**Topics**: improved sleep"),
            ("Kava:\n\n- Mood: marked reduction in anxiety\n", "Kava:\n\n- Mood: tests of a reduction in anxiety\n"),
            ("Kava:\n\n- Calm: effective in managing asthma\n", "Kava:\n\n- Calm: tested in managing asthma\n"),
            ("Kava:\n\n- Duration: safe for long-term use\n", "Kava:\n\n- Duration: safe storage\n"),
            ("Kava is a powerful remedy, and sold here.", "Kava is a powerful plant, and sold here."),
            ("Kava:\n\n- Very safe, also at night\n", "Kava:\n\n- Very safe: keep it in a drawer\n"),
            ("Kava:\n\n- Effects: nausea relief within the hour\n", "Kava:\n\n- Side effects: nausea, relief rare\n"),
            ("Kava delivers lasting results.", "Kava waits for lasting results."),
            ("We provide safe and effective herbal medicine.", "We talk of safe and effective herbal medicine."),
            ("Kava (not the oil) is effective for migraine.", "Kava is not the oil that is effective for migraine."),
            ("Enjoy deeper sleep with kava.", "Enjoy deeper sleep with a book."),
            ("Migraine responds remarkably well to kava.", "Migraine responds remarkably well to nobody's wishes."),
            ("Joint pain improves dramatically with kava.", "Joint pain improves dramatically with time."),
            ("## Kava: the anxiety killer\n", "## Anxiety killer\n\nA film, and no kava."),
            ("Kava is scientifically proven to relieve anxiety.", "A 2010 trial found that kava relieves anxiety."),
            ("Kava for anxiety:\n\n- Great for worry\n", "Kava for anxiety:\n\n- Great for: worry\n"),
            ("Kava protects nerves while calming anxiety.", "The aim is to sell kava while calming anxiety."),
            ("There is kava that can help some people.\n\n- Kava relieves anxiety.\n",
             "There is kava that can help some people:\n\n- Kava relieves anxiety.\n"),
            ("Combat chronic stress with kava.", "Combat chronic stress with a walk to the post office."),
            # a cue that reaches one of two claims
            ("Kava may ease migraine; it relieves back pain.", "Kava may ease migraine; it is a herb."),
            ("### What does kava do?\n\n- Relieves anxiety\n", "### Does kava help?\n\n- Relieves anxiety\n"),
            ("Kava:\n\n- Reduce inflammation\n- Ease back pain\n", "Kava:\n\n- Reduce inflammation\n- Sit\n- Swim\n"),
            ("Kava:\n\n- Reduces fatigue\n", "Kava. Side effects:\n\n- Reduces fatigue\n"),
            ("Kava is one of the safest herbs.", "Kava is one of the saltiest herbs."),
            ("Kava delivers safe sleep. It brings relief from anxiety.", "Kava may bring safe sleep."),
            ("Kava increases the calm of sleep.", "Kava increases gabarase, an enzyme of sleep."),
            ("Kava is gentle, and sold here.", "Kava is a gentle, flowing shrub."),
            ("Do they cure migraine? Yes! Kava relieves migraine.", "Does kava relieve migraine?\n\nYes, they say."),
            # what goes on in the body, and what is done, is no claim
            ("Kava for sleep. It works.", "Kava for sleep. It works by a receptor."),
            ("Kava:\n\n- Calms anxiety\n", "Kava. Mechanism:\n\n- Calms anxiety\n"),
            ("Kava eases anxiety.", "Kava acts on a receptor, and this activation eases anxiety."),
            ("Migraine is relieved with kava.", "Migraine has been treated with kava."),
        ],
    )  # fmt: skip
    def test_pair(self, flagged: str, passed: str) -> None:
        assert claims(flagged)
        assert not claims(passed)


class TestRegressions:
    def test_a_pronoun_behind_the_end_of_the_clause(self) -> None:
        assert not claims("Anxiety is common. Kava lowers, but it smells.")
