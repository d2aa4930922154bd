"""What a learner may rely on in the built-in packs, as far as a program can tell."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest

from losses import CATALOG
from questions.model import (
    BlankQuestion,
    ChoiceQuestion,
    CompareQuestion,
    MatchQuestion,
    MultipleQuestion,
    Option,
    OrderQuestion,
    PickQuestion,
    Question,
    TrueFalseQuestion,
)
from questions.picking import OTHERS, available
from tests.questions.packs.builtin import (
    FOLDER,
    blanks,
    calculated,
    choices,
    comparisons,
    computations,
    matches,
    multiples,
    numerics,
    orders,
    packs,
    picks,
    statements,
)

# How many questions the bank holds at least on each part of the syllabus that losses touch.
BLUEPRINT = {
    ("13a",): 15,
    ("13b",): 24,
    ("13c",): 24,
    ("13d",): 15,
    ("13e",): 21,
    ("10",): 12,
    ("7",): 8,
    ("12",): 8,
    ("14",): 6,
    ("15", "16"): 6,
    ("24",): 6,
    ("30",): 8,
    ("26",): 8,
    ("27", "28"): 5,
    ("29",): 4,
    ("31", "32"): 5,
    ("34",): 2,
    ("37",): 10,
}
NAMED_LOSSES = ("mse", "mae", "huber", "cross_entropy", "bce", "kl_div", "hinge", "triplet_margin")
# Of the others, every loss is calculated somewhere. The frames of CTC are logarithms of
# probabilities that add up to 1, and nothing draws such numbers yet.
NEVER_CALCULATED = {"ctc"}
ABSOLUTES = (
    "必ず",
    "すべて",
    "全て",
    "常に",
    "のみ",
    "だけ",
    "一切",
    "絶対に",
    "決して",
    "まったく",
)
POSITIONS = re.compile(r"選択肢|上記|下記|前者の選択|番目の選択|[アイウエ]の選択|他の選択")
UNWANTED = re.compile(
    r"過去問|以上のすべて|上記すべて|です。|ます。|ません|[０-９Ａ-Ｚａ-ｚ％＋＝]"
)


def every_question() -> list[Question]:
    return [question for pack in packs() for question in pack.questions]


def texts(question: Question) -> Iterator[str]:
    """Everything of a question that a learner reads."""
    yield question.stem
    yield question.explanation
    yield from question.hints
    if isinstance(question, ChoiceQuestion | MultipleQuestion):
        for option in question.options:
            yield option.text
            yield option.reason
    if isinstance(question, CompareQuestion):
        for side in question.sides:
            yield side.text
    if isinstance(question, TrueFalseQuestion):
        yield question.right_reason
        yield question.wrong_reason
    if isinstance(question, PickQuestion):
        for distractor in question.distractors:
            yield distractor.reason
        if question.reason:
            yield question.reason
    if isinstance(question, OrderQuestion | MatchQuestion | BlankQuestion):
        for text, reason in rows(question):
            yield text
            yield reason


def rows(question: OrderQuestion | MatchQuestion | BlankQuestion) -> Iterator[tuple[str, str]]:
    """What there is to place or to choose, and what is said of it."""
    match question:
        case OrderQuestion():
            yield from ((item.text, item.reason) for item in question.items)
        case MatchQuestion():
            yield from ((f"{pair.left} {pair.right}", pair.reason) for pair in question.pairs)
            yield from ((decoy.text, decoy.reason) for decoy in question.extra)
        case BlankQuestion():
            for name, gap in question.gaps.items():
                yield from ((f"{name} {option.text}", option.reason) for option in gap.options)
            for each in question.combinations:
                yield " ".join(each.values.values()), each.reason


def without_names(text: str) -> str:
    """A text without the names of losses: one may contain a word that is wrong by itself."""
    for info in CATALOG.values():
        text = text.replace(info.name.ja, "")
    return text


def width(text: str) -> int:
    """Cells of a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def key_of(question: ChoiceQuestion) -> Option:
    return next(option for option in question.options if option.right)


def by_id(question: Question) -> str:
    return question.id


def test_the_packs_are_complete_and_say_what_they_are() -> None:
    assert [pack.id for pack in packs()] == [
        "beyond-classification",
        "beyond-divergence",
        "beyond-embedding",
        "beyond-generative",
        "beyond-ranking",
        "beyond-region",
        "beyond-regression",
        "beyond-training",
        "loss-calculated",
        "loss-choice",
        "loss-code",
        "loss-compare",
        "loss-gradient",
        "loss-numeric",
        "loss-pick",
        "numeric-classification",
        "numeric-combined",
        "numeric-divergence",
        "numeric-generative",
        "numeric-metric-learning",
        "numeric-ranking",
        "numeric-regression",
        "numeric-segmentation-detection",
        "pick-classification",
        "pick-embedding",
        "pick-generative",
        "pick-ranking",
        "pick-region",
        "pick-regression",
        "syllabus-losses",
        "syllabus-models",
        "syllabus-training",
    ]
    for pack in packs():
        assert (pack.version, pack.language, pack.licence) == ("1.0.0", "ja", "CC BY 4.0")
        assert "シラバス2024 v1.4" in pack.syllabus
    licence = (FOLDER / "LICENSE").read_text(encoding="utf-8")
    assert "https://creativecommons.org/licenses/by/4.0/" in licence


def test_there_is_enough_of_each_kind() -> None:
    assert len(choices()) >= 40
    assert len(numerics()) >= 16
    assert len(picks()) >= 67
    assert len(comparisons()) >= 8
    assert len(orders()) >= 6
    assert len(matches()) >= 6
    assert len(blanks()) >= 8
    assert {question.scope for question in picks()} == {"exam", "beyond"}
    asked = Counter(compute.loss for question in numerics() for compute in computations(question))
    assert {loss: asked[loss] for loss in NAMED_LOSSES if asked[loss] < 2} == {}
    topics = Counter(question.topic for question in every_question())
    found = {parts: sum(topics[part] for part in parts) for parts in BLUEPRINT}
    assert {parts: found[parts] for parts in BLUEPRINT if found[parts] < BLUEPRINT[parts]} == {}


def test_every_loss_is_calculated_by_hand_somewhere() -> None:
    templates = [*numerics(), *calculated()]
    assert len(templates) >= 80
    losses = {compute.loss for each in templates for compute in computations(each)}
    assert losses == set(CATALOG) - NEVER_CALCULATED


def test_no_id_is_used_twice() -> None:
    ids = Counter(question.id for question in every_question())
    assert [name for name, count in ids.items() if count > 1] == []


def test_recall_is_the_smaller_part_and_difficulties_are_mixed() -> None:
    levels = Counter(question.level for question in every_question())
    assert levels["recall"] <= 0.3 * len(every_question())
    difficulties = Counter(question.difficulty for question in every_question())
    assert min(difficulties.values()) >= 0.15 * len(every_question())
    assert len(difficulties) == 3


@pytest.mark.parametrize("question", every_question(), ids=by_id)
def test_the_words_are_the_standard_ones(question: Question) -> None:
    rejected = {word for info in CATALOG.values() for word in info.misnomers}
    for text in map(without_names, texts(question)):
        assert not UNWANTED.search(text)
        assert {word for word in rejected if word in text} == set()


@pytest.mark.parametrize("question", every_question(), ids=by_id)
def test_an_explanation_explains(question: Question) -> None:
    stem = re.sub(r"\s", "", question.stem)
    explanation = re.sub(r"\s", "", question.explanation)
    repeated = [stem[i : i + 20] for i in range(len(stem) - 19) if stem[i : i + 20] in explanation]
    assert repeated == []
    assert re.search(r"\d", explanation), "a number, or a limiting case in numbers"
    assert re.search(r"\(\d{4}\)|シラバス2024 v1\.4|documentation", question.source)


@pytest.mark.parametrize("question", choices(), ids=by_id)
def test_a_stem_asks_one_thing_in_few_sentences(question: ChoiceQuestion) -> None:
    stem = question.stem.strip()
    assert stem.count("。") <= 3
    assert ("最も不適切なものを1つ選べ。" in stem) == question.negative
    assert question.negative or "最も適切なものを1つ選べ。" in stem


@pytest.mark.parametrize("question", choices(), ids=by_id)
def test_options_look_alike(question: ChoiceQuestion) -> None:
    for measure in (len, width):
        sizes = {option.text: measure(option.text) for option in question.options}
        right = sizes.pop(key_of(question).text)
        assert max(right, *sizes.values()) <= 1.6 * min(right, *sizes.values())
        assert right <= 1.2 * max(sizes.values()), "the right option must not stand out"
    for word in ABSOLUTES:
        if any(word in option.text for option in question.options):
            assert word in key_of(question).text, f"{word} would give wrong options away"


@pytest.mark.parametrize("question", choices(), ids=by_id)
def test_a_reason_stands_alone(question: ChoiceQuestion) -> None:
    assert len(question.options) == 4
    reasons = [option.reason for option in question.options]
    assert len(set(reasons)) == len(reasons)
    for option in question.options:
        assert not POSITIONS.search(option.reason)
        assert option.reason.endswith("。")
        assert option.reason != option.text
    if question.negative:
        assert [option.right for option in question.options] == [
            option.reason.startswith("この記述が誤りである。") for option in question.options
        ]


@pytest.mark.parametrize("question", multiples(), ids=by_id)
def test_each_of_several_options_is_judged_by_itself(question: MultipleQuestion) -> None:
    assert question.stem.strip().endswith("すべて選べ。")
    reasons = [option.reason for option in question.options]
    assert len(set(reasons)) == len(reasons)
    assert all(reason.endswith("。") and not POSITIONS.search(reason) for reason in reasons)
    assert [word for word in ABSOLUTES if any(word in o.text for o in question.options)] == []


@pytest.mark.parametrize("question", statements(), ids=by_id)
def test_a_statement_is_one_sentence_without_a_giveaway(question: TrueFalseQuestion) -> None:
    assert question.stem.count("。") <= 2
    assert [word for word in ABSOLUTES if word in question.stem] == []
    assert question.right_reason.endswith("。")
    assert question.wrong_reason.endswith("。")


def test_statements_are_as_often_true_as_false() -> None:
    true = sum(question.answer for question in statements())
    assert 0.3 * len(statements()) <= true <= 0.7 * len(statements())


@pytest.mark.parametrize("question", picks(), ids=by_id)
def test_a_scenario_asks_for_one_loss_without_naming_it(question: PickQuestion) -> None:
    stem = question.stem.strip()
    assert stem.count("。") <= 4
    assert stem.endswith("を1つ選べ。")
    info = CATALOG[question.answer]
    names = [info.name.ja, info.name.ja.removesuffix("損失"), *info.aliases]
    names += [info.abbreviation] if info.abbreviation else []
    assert [name for name in names if name in stem] == []
    reasons = [question.reason or "", *(each.reason for each in question.distractors)]
    assert all(reason.endswith("。") and not POSITIONS.search(reason) for reason in reasons)
    # A metric is no loss, and what is not confusable is no option.
    options = [each.loss for each in question.distractors]
    if len(options) < OTHERS:  # otherwise none of the catalogue's is drawn
        options += available(question)
    assert all(CATALOG[loss].role == "loss" for loss in [question.answer, *options])


def test_no_two_scenarios_have_the_same_answer() -> None:
    answers = Counter(question.answer for question in picks())
    assert [loss for loss, count in answers.items() if count > 1] == []


def test_every_loss_has_its_scenario() -> None:
    # No scenario calls for switching to another loss midway: its questions say why.
    losses = {loss for loss, info in CATALOG.items() if info.role == "loss"}
    assert losses - {question.answer for question in picks()} == {"scheduled_switch"}


@pytest.mark.parametrize("question", [*orders(), *matches(), *blanks()], ids=by_id)
def test_what_is_placed_or_chosen_differs_and_is_explained(
    question: OrderQuestion | MatchQuestion | BlankQuestion,
) -> None:
    texts_of, reasons = zip(*rows(question), strict=True)
    assert len(set(texts_of)) == len(texts_of)
    assert len(set(reasons)) == len(reasons)
    assert all(reason.endswith("。") and not POSITIONS.search(reason) for reason in reasons)


@pytest.mark.parametrize("question", orders(), ids=by_id)
def test_steps_bear_no_numbers(question: OrderQuestion) -> None:
    assert not [
        item for item in question.items if re.match(r"\d+[.)番つ]|まず|次に|最後に", item.text)
    ]


@pytest.mark.parametrize("question", matches(), ids=by_id)
def test_the_last_pair_is_not_left_over(question: MatchQuestion) -> None:
    assert question.extra or question.reuse


@pytest.mark.parametrize("question", matches(), ids=by_id)
def test_a_stem_says_how_often_a_right_side_may_be_used(question: MatchQuestion) -> None:
    once, again = "同じものは1回しか選べない。", "同じものを何度選んでもよい。"
    assert (again if question.reuse else once) in question.stem


@pytest.mark.parametrize("question", blanks(), ids=by_id)
def test_every_gap_has_several_ways_to_be_filled(question: BlankQuestion) -> None:
    for gap in question.gaps.values():
        assert len(gap.options) >= 3
    if question.combinations:
        assert len(question.combinations) == 4
        right = next(each for each in question.combinations if each.right)
        for name, value in right.values.items():
            # Each value of the key is in a wrong combination too: none can be singled out.
            assert value in {each.values[name] for each in question.combinations if not each.right}


@pytest.mark.parametrize("question", blanks(), ids=by_id)
def test_no_combination_is_found_by_counting(question: BlankQuestion) -> None:
    for name in question.combinations[0].values if question.combinations else ():
        counts = Counter(each.values[name] for each in question.combinations)
        assert len(set(counts.values())) == 1, f"{name} is settled by the majority"


def _hedges(text: str) -> int:
    return len(re.findall("やすい|ことがある|ほぼ|およそ|一般に|多く|傾向", text))


def _terms(text: str) -> int:
    return len(re.findall("[A-Za-z]+|[ァ-ヶー]{3,}", text))


@pytest.mark.parametrize(
    "liking",
    [len, lambda text: -len(text), _hedges, _terms],
    ids=["longest", "shortest", "most hedged", "most technical"],
)
def test_options_alone_do_not_give_the_answer_away(liking: Callable[[str], int]) -> None:
    hits = Fraction(0)
    for question in choices():
        liked = {option.text: liking(option.text) for option in question.options}
        best = [text for text, value in liked.items() if value == max(liked.values())]
        if key_of(question).text in best:
            hits += Fraction(1, len(best))
    assert hits < Fraction(35, 100) * len(choices())


def test_the_right_option_has_no_favourite_place() -> None:
    places = Counter(question.options.index(key_of(question)) for question in choices())
    assert max(places.values()) <= 0.3 * len(choices())
