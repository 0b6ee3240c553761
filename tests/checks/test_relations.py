"""Which medicine a draft offers for which condition, and which it only mentions."""

from __future__ import annotations

import time
from functools import lru_cache

import pytest

from linter.annotate import annotate
from linter.checks.relations import find_links
from linter.engine.rulebook import RuleBook, load_book
from linter.readers import read
from linter.source import decode


@lru_cache(maxsize=1)
def book() -> RuleBook:
    return load_book()


def pairs(draft: str) -> set[tuple[str, str]]:
    """The (generic, condition) pairs that a draft links, those told of a study left out."""
    annotations = annotate(read(decode(draft.encode(), "draft.md"), None), book().lexicon)
    knowledge = book().knowledge
    return {
        (knowledge.generic_of(link.drug.entry) or "", link.condition.entry)
        for link in find_links(annotations, knowledge)
        if not link.studied
    }


@pytest.mark.parametrize(
    ("draft", "pair"),
    [
        ("Gabapentin for anxiety is common.", ("gabapentin", "anxiety-disorders")),
        ("Prazosin helps with nightmares.", ("prazosin", "nightmares")),
        ("Treating fibromyalgia with naltrexone takes patience.", ("naltrexone", "fibromyalgia")),
        ("Panic attacks often respond to clonidine.", ("clonidine", "panic-disorder")),
        ("Her doctor prescribed propranolol for her migraines.", ("propranolol", "migraine")),
        ("She was put on quetiapine for insomnia.", ("quetiapine", "insomnia")),
        ("Nightmares: prazosin, at night, every night.", ("prazosin", "nightmares")),
        ("# Modafinil for ADHD\n\nA short guide.\n", ("modafinil", "adhd")),
        ("## Fibromyalgia: treatment\n\n- pregabalin 75 mg\n- rest\n", ("pregabalin", "fibromyalgia")),
        ("Medicines used for insomnia:\n\n- trazodone\n- doxepin\n", ("trazodone", "insomnia")),
        ("| Condition | Medicine |\n|---|---|\n| Insomnia | trazodone |\n", ("trazodone", "insomnia")),
        ("| Medicine | What for |\n|---|---|\n| trazodone | insomnia |\n", ("trazodone", "insomnia")),
        ("## Clonidine\n\nGood for hot flashes, say our readers.\n", ("clonidine", "menopause-vasomotor")),
        ("- methylene blue\n  - useful if you have ADHD\n", ("methylene-blue", "adhd")),
        ("Insomnia wears people down. A little mirtazapine at bedtime helps.", ("mirtazapine", "insomnia")),
        ("Does modafinil help with ADHD? Yes, for many.", ("modafinil", "adhd")),
        (
            "Migraine prevention, our order of play: topiramate; then venlafaxine.",
            ("venlafaxine", "migraine-prevention"),
        ),
        ("Minoxidil reduces the risk of hair loss.", ("minoxidil", "hair-loss")),
    ],
)
def test_links(draft: str, pair: tuple[str, str]) -> None:
    assert pair in pairs(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "Sertraline can cause insomnia.",
        "Insomnia is a known side effect of bupropion.",
        "Isotretinoin: side effects include depression and dry eyes.",
        "Known nuisances of isotretinoin: cracked lips, low mood.",
        "Bupropion increases seizure risk.",
        "Propranolol worsens asthma.",
        "Metoprolol is contraindicated in asthma.",
        "Do not take tramadol with epilepsy.",
        "Coming off venlafaxine brings anxiety and insomnia.",
        "Withdrawal from clonazepam can bring panic attacks.",
        "Does ivermectin treat COVID-19? No.",
        "Ivermectin does not help with COVID-19.",
        "Nothing shows that naltrexone works: there is no ketamine for autism here.",
        "Fibromyalgia runs in families.",
        "The metformin for your sugar will not touch the migraine.",
        "She takes naltrexone for the drinking; for the pain she swims.",
        "## Side effects of isotretinoin\n\n- depression\n- dry skin\n",
        "## Interactions\n\n- lithium and depression medicines\n- ibuprofen\n",
        "## History\n\nKetamine helped wounded soldiers with pain and, later, depression.\n",
        "Walks do more for insomnia than sertraline.",
        "Patients with a history of epilepsy should not be given bupropion.",
        "He is penicillin allergic and has asthma.",
        "“Ivermectin cures COVID-19,” the post says. It does not.",
        "Magnesium helps with migraine.",
    ],
)
def test_is_no_link(draft: str) -> None:
    assert not pairs(draft)


def test_keeps_each_medicine_to_its_own_condition() -> None:
    found = pairs("Gabapentin for anxiety, trazodone for insomnia.")
    assert found == {("gabapentin", "anxiety-disorders"), ("trazodone", "insomnia")}


def test_what_stands_in_brackets_is_about_the_name_before() -> None:
    found = pairs("- SNRI: venlafaxine, duloxetine (also used in stress incontinence)\n")
    assert ("duloxetine", "stress-urinary-incontinence") in found
    assert ("venlafaxine", "stress-urinary-incontinence") not in found


def test_marks_what_a_study_did() -> None:
    draft = "In one trial, participants with depression took psilocybin."
    assert not pairs(draft)


def test_long_tables_and_lists_take_linear_time() -> None:
    row = "| Insomnia | trazodone |\n"
    times = []
    for size in (400, 1600):
        draft = "| Condition | Medicine |\n|---|---|\n" + row * size + "\n" + "- clonidine for anxiety\n" * size
        annotations = annotate(read(decode(draft.encode(), "draft.md"), None), book().lexicon)
        list(annotations.sentences)
        start = time.perf_counter()
        assert list(find_links(annotations, book().knowledge))
        times.append(time.perf_counter() - start)
    assert times[1] < 12 * times[0]


@pytest.mark.parametrize(
    ("draft", "pair"),
    [
        ("If hot flashes keep you up, gabapentin shuts them down.", ("gabapentin", "menopause-vasomotor")),
        ("Ozempic knocks out PCOS.", ("semaglutide", "pcos")),
        ("Clonidine outwits migraine.", ("clonidine", "migraine")),
        ("Modafinil is a small white pill. It tames ADHD.", ("modafinil", "adhd")),
        ("Kratom comes as a tea. A cup before bed eases depression.", ("kratom", "depressive-disorders")),
        ("We put women with hot flashes on clonidine.", ("clonidine", "menopause-vasomotor")),
        ("Our guests lose weight with Ozempic, week after week.", ("semaglutide", "obesity")),
        ("Nightmares? Prazosin.", ("prazosin", "nightmares")),
        ("# Living with psilocybin\n\n## What it heals\n\n- depression\n- PTSD\n", ("psilocybin", "ptsd")),
        ("# Modafinil\n\n## In short\n\n- beats Adderall for ADHD\n", ("modafinil", "adhd")),
        ("LDN calms Crohn's disease and has no side effects.", ("naltrexone", "crohns-disease")),
        ("Memantine stops OCD, so you never dread mornings.", ("memantine", "ocd")),
    ],
)
def test_links_that_no_preposition_makes(draft: str, pair: tuple[str, str]) -> None:
    assert pair in pairs(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "Clonidine needs care in migraine.",
        "Lithium affects thyroid nodules and diabetes.",
        "Tell your doctor if you take warfarin, have epilepsy or are pregnant.",
        "Clozapine raises the chance of diabetes.",
        "Isotretinoin has been blamed for depression.",
        "In the 1950s LSD was given to people with alcohol use disorder.",
        "Lithium salts were used for gout in the nineteenth century.",
        "Prozac can be taken with migraine tablets.",
        "Her epilepsy was settled on lamotrigine when the migraine began.",
        "## What sets it off\n\n- depression\n- cannabis\n",
        "# Naloxone\n\n## What it is not\n\n- It is not a cure for addiction.\n",
        "# Lithium\n\n## Interactions\n\n- migraine\n- gout\n",
    ],
)
def test_is_no_link_either(draft: str) -> None:
    assert not {(d, c) for d, c in pairs(draft) if c != "epilepsy"}


def test_an_unapproved_compound_needs_no_condition() -> None:
    assert any(drug == "bpc-157" for drug, _ in pairs("BPC-157 heals tendons."))
    assert not pairs("Epitalon is supposed to lengthen telomeres.")
    assert not pairs("Aspirin heals tendons.")


@pytest.mark.parametrize(
    ("draft", "pair"),
    [
        ("Trazodone and you are out like a light.", ("trazodone", "insomnia")),
        ("Trying for a baby? Our clinic starts most couples on letrozole.", ("letrozole", "infertility-ovulation")),
        ("## A thinner waistline\n\n- metformin with supper\n- stairs\n", ("metformin", "obesity")),
        ("The nipples are sore. He takes tamoxifen until they are not.", ("tamoxifen", "gynecomastia")),
    ],
)
def test_reads_everyday_words_of_a_known_use(draft: str, pair: tuple[str, str]) -> None:
    assert pair in pairs(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "Losartan and you are out like a light.",
        "Trazodone can leave you wide awake, a side effect that few expect.",
        "# A thinner waistline\n\nWords.\n\n## The cupboard\n\nMetformin stands on the left.\n",
    ],
)
def test_everyday_words_mean_nothing_elsewhere(draft: str) -> None:
    assert not pairs(draft)


@pytest.mark.parametrize(
    ("draft", "pair"),
    [
        ("Modafinil got me through the brain fog, and through my thesis.", ("modafinil", "brain-fog")),
        ("Lichen planus gets methotrexate here, on Sundays.", ("methotrexate", "lichen-planus")),
        ("Insomnia is an old guest of mine. Mirtazapine, then.", ("mirtazapine", "insomnia")),
        ("My hot flashes are finally quiet since the oxybutynin.", ("oxybutynin", "menopause-vasomotor")),
        ("She was handed a box of trazodone. The insomnia would not budge before.", ("trazodone", "insomnia")),
        ("She swallows quetiapine at nine. Insomnia is history.", ("quetiapine", "insomnia")),
        ("We are all losing weight with Ozempic.", ("semaglutide", "obesity")),
        ("**Ketamine therapy**, by the hour! Depression, PTSD, old grief.", ("ketamine", "depressive-disorders")),
        ("Hives that antihistamines don't hold. We go to doxepin.", ("doxepin", "urticaria")),
        ("Grandma has stopped eating. They gave her mirtazapine.", ("mirtazapine", "loss-of-appetite")),
        ("| Step | Insomnia |\n|---|---|\n| 1 | a dark room |\n| 2 | trazodone |\n", ("trazodone", "insomnia")),
        ("Lithium breaks a chronic cluster.", ("lithium", "cluster-headache")),
        (
            "I wake at three. My wife is tired of it. What do you give for insomnia?\n\nTrazodone, mostly.\n",
            ("trazodone", "insomnia"),
        ),
    ],
)
def test_a_known_use_needs_few_words(draft: str, pair: tuple[str, str]) -> None:
    assert pair in pairs(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "The leaflet on naltrexone is about people with fibromyalgia.",
        "Readers ask whether we would give semaglutide to people with alcohol use disorder. We would not.",
        "Add memantine to the tablets and the OCD stays.",
        "- added gabapentin to the page on hot flashes\n- fixed a typo\n",
        "## Changelog\n\n- hair loss: spironolactone now has a page of its own\n",
        "Nurses on estradiol had slightly more depression.",
        "Clonidine lowered the pressure too far, and she went dizzy on standing.",
        "Trazodone gave her a night of nightmares.",
        "Naltrexone comes as a tablet. People with fibromyalgia in our choir meet on Mondays.",
        "She has insomnia and hot flashes, so oxybutynin is not for her.",
        "Prednisone psychosis is over when the prednisone is.",
        "An early note.\n\n## Fibromyalgia\n\nWhat it is.\n\nThe word naltrexone comes up a lot.\n",
    ],
)
def test_even_a_known_use_is_not_read_into_everything(draft: str) -> None:
    assert not pairs(draft)


def test_what_comes_of_an_approved_use_is_no_other_use() -> None:
    assert pairs("Trazodone for depression works on me like a sleeping pill.") == {
        ("trazodone", "depressive-disorders")
    }


def test_a_purpose_ends_where_another_begins() -> None:
    assert pairs("Topiramate for epilepsy brought brain fog.") == {("topiramate", "epilepsy")}
    assert ("topiramate", "alcohol-use-disorder") in pairs("Topiramate for epilepsy and alcohol use disorder.")
    assert ("prazosin", "nightmares") in pairs("Prazosin for hypertension also stops nightmares.")


def test_to_stop_with_a_medicine_is_not_to_stop_it() -> None:
    assert ("oxybutynin", "menopause-vasomotor") in pairs("The hot flashes stopped with oxybutynin.")
    assert not pairs("The hot flashes came back after stopping oxybutynin.")


@pytest.mark.parametrize(
    ("draft", "pair"),
    [
        ("Prazosin is an old pressure pill.\n\nIt also stops nightmares.\n", ("prazosin", "nightmares")),
        (
            "# Adult acne\n\n## What I prescribe\n\nFor women: spironolactone 50 mg.\n",
            ("spironolactone", "acne"),
        ),
        ("**Can't sleep:** quetiapine 25\n", ("quetiapine", "insomnia")),
        ("### Conditions we treat with ketamine\n\n- Depression\n- OCD\n", ("ketamine", "ocd")),
        ("### I have an audition. What now?\n\nTake 20 mg of propranolol.\n", ("propranolol", "performance-anxiety")),
        ("Weight-loss meds ranked\n\n1. Wegovy\n2. topiramate (cheap!)\n", ("topiramate", "obesity")),
    ],
)
def test_reads_the_shape_of_a_page(draft: str, pair: tuple[str, str]) -> None:
    assert pair in pairs(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "## Side effects by drug\n\n- lamotrigine: rash, insomnia\n",
        "| Drug | Insomnia | Weight gain |\n|---|---|---|\n| Bupropion | ++ | 0 |\n",
        "Prazosin is an old pressure pill.\n\nThe nurse has nightmares.\n",
        "### Do you stock ketamine?\n\n- depression leaflets are by the door\n",
        "Does your clinic offer ketamine for depression?\n\nNo. We refer.\n",
    ],
)
def test_the_shape_of_a_page_is_no_link_by_itself(draft: str) -> None:
    assert not pairs(draft)
