"""Judging an old answer by the present key: only the key may differ, never what was shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from questions.compute.client import ComputeWorker
from questions.draw import draw
from questions.examiner import Examiner
from questions.model import Question, content_hash
from questions.rejudging import Answer, Obstacle, PresentKey, judged_again
from questions.tolerance import as_written
from questions.variant import Variant
from questions.verdict import Verdict
from tests.questions.examples import (
    blank,
    calculated,
    card,
    choice,
    code,
    combined,
    compare,
    match,
    multiple,
    numeric,
    order,
    pick,
    term,
    true_false,
)

SEEDS = range(4)


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    worker = ComputeWorker()
    yield Examiner(worker)
    worker.close()


def shown(examiner: Examiner, question: Question, seed: int) -> Variant:
    return examiner.present(
        question, question_id=f"p/{question.id}", content_hash=content_hash(question), seed=seed
    )


def again(
    examiner: Examiner,
    old: Question | None,
    new: Question,
    variant: Variant,
    raw: str,
    *,
    reworded: bool = False,
    hints: int = 0,
    score: float | None = None,
) -> Verdict | Obstacle:
    return judged_again(
        examiner,
        Answer(
            question_id=variant.question_id,
            content_hash=variant.content_hash,
            seed=variant.seed,
            attempt=variant.attempt,
            raw=raw,
            hints=hints,
            score=score,
        ),
        asked=old,
        key=PresentKey(
            question=new, content_hash=content_hash(new), language="ja", reworded=reworded
        ),
    )


def said(outcome: Verdict | Obstacle) -> str | float:
    return outcome.score if isinstance(outcome, Verdict) else outcome.id


def options_of(question: Question, *, right: tuple[str, ...]) -> list[dict[str, object]]:
    """The options of a question with others of them right."""
    written = question.model_dump()["options"]
    return [{**option, "right": option["text"] in right} for option in written]


def label(text: str) -> Callable[[Variant], str]:
    return lambda variant: next(each.label for each in variant.options if each.text == text)


def labels(*texts: str) -> Callable[[Variant], str]:
    """The option of each of these texts, in rows where there are some."""

    def found(variant: Variant) -> str:
        rows = [row.options for row in variant.rows] or [variant.options] * len(texts)
        return " ".join(
            next(each.label for each in row if each.text == text)
            for row, text in zip(rows, texts, strict=True)
        )

    return found


STEPS = [item["text"] for item in order().model_dump()["items"]]
SWAPPED = [order().model_dump()["items"][place] for place in (1, 0, 2, 3)]
PAIRS = match().model_dump()["pairs"]
CROSSED = [
    {**PAIRS[0], "right": PAIRS[1]["right"]},
    {**PAIRS[1], "right": PAIRS[0]["right"]},
    PAIRS[2],
]
GAPS = blank().model_dump()["gaps"]
MENDED_GAPS = {
    **GAPS,
    "イ": {"options": [{**each, "right": not each["right"]} for each in GAPS["イ"]["options"]]},
}
COMBINATIONS = combined().model_dump()["combinations"]

# (what it is, before, after, what was answered, its score by the key of each)
KEYS = [
    ("choice", choice(), choice(options=options_of(choice(), right=("MSE",))), label("MSE"), 0, 1),
    ("choice", choice(), choice(options=options_of(choice(), right=("MSE",))), label("MAE"), 1, 0),
    (
        "choice in another order of the file",
        choice(),
        choice(options=options_of(choice(), right=("ヒンジ損失",))[::-1]),
        label("ヒンジ損失"),
        0,
        1,
    ),
    (
        "multiple",
        multiple(),
        multiple(options=options_of(multiple(), right=("MAE", "RMSE"))),
        labels("MAE", "RMSE"),
        0,
        1,
    ),
    ("true_false", true_false(), true_false(answer=True), lambda _shown: "○", 0, 1),
    ("pick", pick(), pick(also_right=["smooth_l1", "mae"]), label("平均絶対誤差（MAE）"), 0, 1),
    (
        "term",
        term(answer={"accept": ["疑似Huber損失"]}),
        term(answer={"loss": "huber", "accept": ["疑似Huber損失"]}),
        lambda _shown: "フーバー損失",
        0,
        1,
    ),
    (
        "order",
        order(),
        order(items=SWAPPED),
        lambda variant: " ".join(
            next(each.label for each in variant.rows[0].options if each.text == text)
            for text in (STEPS[1], STEPS[0], *STEPS[2:])
        ),
        1 - 1 / 3,
        1,
    ),
    ("match", match(), match(pairs=CROSSED), labels("中央値", "平均値", "分位点"), 1 / 3, 1),
    ("gaps", blank(), blank(gaps=MENDED_GAPS), labels("二次", "二次関数的"), 0.5, 1),
    (
        "combinations",
        combined(),
        combined(
            combinations=[{**each, "right": place == 1} for place, each in enumerate(COMBINATIONS)]
        ),
        lambda variant: next(
            each.label for each in variant.options if each.cells == ("一次関数", "二次関数")
        ),
        0,
        1,
    ),
    ("compare", compare(), compare(ask="smaller"), lambda _shown: "1", None, None),
]


@pytest.mark.parametrize(
    ("old", "new", "raw", "scores"),
    [(*each[1:4], each[4:]) for each in KEYS],
    ids=[each[0] for each in KEYS],
)
def test_the_present_key_judges_what_was_shown_then(
    examiner: Examiner,
    old: Question,
    new: Question,
    raw: Callable[[Variant], str],
    scores: tuple[float | None, float | None],
) -> None:
    before, after = scores
    judged = 0
    for seed in SEEDS:
        variant = shown(examiner, old, seed)
        try:
            typed = raw(variant)
        except StopIteration:  # a pick that did not offer it
            continue
        judged += 1
        first = examiner.judge(variant, typed)
        second = again(examiner, old, new, variant, typed, score=first.score)
        if before is None:  # whatever was right is wrong now
            assert said(second) == 1 - first.score
        else:
            assert (first.score, said(second)) == (pytest.approx(before), after)
    assert judged


# What one of the known mistakes of the Huber loss computes.
_OTHER = {"loss": "smooth_l1", "inputs": {"pred": "$pred", "target": "$target", "beta": 1.5}}
WIDER = {"tolerance": {"atol": 0.5}}
OTHER_DELTA = {
    "compute": {"loss": "huber", "inputs": {"pred": "$pred", "target": "$target", "delta": 1}}
}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_number_is_judged_by_the_present_computation_and_tolerance(
    examiner: Examiner, seed: int
) -> None:
    variant = shown(examiner, numeric(), seed)
    value = examiner.values(variant)
    assert value is not None
    right = f"{value.value:.3f}"
    assert said(again(examiner, numeric(), numeric(**OTHER_DELTA), variant, right)) == 0
    near = f"{value.value + 0.05:.3f}"
    assert examiner.judge(variant, near).score == 0
    assert said(again(examiner, numeric(), numeric(**WIDER), variant, near)) == 1


def test_a_calculated_option_is_right_if_it_is_what_is_computed_now(examiner: Examiner) -> None:
    """Where the present value was among the options, answers are judged; elsewhere not."""
    old, new = calculated(), calculated(compute=_OTHER)
    met: set[str | float] = set()
    for seed in range(12):
        variant = shown(examiner, old, seed)
        numbers = draw(
            new,
            question_id=variant.question_id,
            content_hash=content_hash(new),
            seed=seed,
            attempt=variant.attempt,
        )
        value = examiner.values(numbers)
        assert value is not None
        key = as_written(value.value, new.tolerance)
        offered = key in [option.text for option in variant.options]
        for option in variant.options:
            score = examiner.judge(variant, option.label).score
            second = said(again(examiner, old, new, variant, option.label, score=score))
            assert second == (float(option.text == key) if offered else "key_not_shown")
            met.add(second)
    assert met == {0.0, 1.0, "key_not_shown"}


def test_the_same_key_gives_the_same_verdict_on_a_calculated_option(examiner: Examiner) -> None:
    for seed in SEEDS:
        variant = shown(examiner, calculated(), seed)
        for option in variant.options:
            second = again(examiner, calculated(), calculated(), variant, option.label)
            assert said(second) == option.right


FIXED = {"pred": {"sample": "uniform", "low": 4, "high": 9, "decimals": 1, "size": 3}}

OBSTACLES = [
    ("not kept", None, choice(), "unknown_content"),
    ("another kind", choice(), true_false(id="median"), "other_kind"),
    ("reworded", choice(), choice(stem="中央値を推定しない損失はどれか。"), "other_stem"),
    ("another passage", choice(), choice(passage="前提"), "other_stem"),
    (
        "another option",
        choice(),
        choice(options=[*options_of(choice(), right=("MAE",))[:3], {"text": "x", "reason": "y"}]),
        "other_options",
    ),
    ("another side", match(), match(pairs=[{**PAIRS[0], "left": "RMSE"}, *PAIRS[1:]]), "other_options"),
    ("reuse", match(), match(reuse=True), "other_form"),
    ("other numbers", numeric(), numeric(given={**numeric().model_dump()["given"], **FIXED}), "other_numbers"),
    ("more decimals", numeric(), numeric(tolerance={"decimals": 4}), "other_form"),
    ("in percent", numeric(), numeric(percent=True), "other_form"),
    ("not offered", pick(), pick(answer="soft_dice"), "key_not_shown"),
    ("gone from the catalogue", pick().model_copy(update={"answer": "gone"}), pick(), "not_reproduced"),
    ("a program", code(), code(explanation="別の解説"), "program"),
]  # fmt: skip


UNSHOWN = ("unknown_content", "not_reproduced")  # the old content cannot be drawn


@pytest.mark.parametrize(
    ("old", "new", "why"), [each[1:] for each in OBSTACLES], ids=[each[0] for each in OBSTACLES]
)
def test_what_was_shown_otherwise_is_left_alone(
    examiner: Examiner, old: Question | None, new: Question, why: str
) -> None:
    for seed in SEEDS:
        variant = shown(examiner, new if old is None or why in UNSHOWN else old, seed)
        assert said(again(examiner, old, new, variant, "1")) == why


def test_an_author_can_vouch_for_a_reworded_stem(examiner: Examiner) -> None:
    new = choice(stem="中央値を推定する損失を選べ。", options=options_of(choice(), right=("MSE",)))
    variant = shown(examiner, choice(), 1)
    typed = label("MSE")(variant)
    assert said(again(examiner, choice(), new, variant, typed, reworded=True)) == 1
    # But not that the opposite is the same, and not for other numbers.
    opposite = choice(stem="中央値を推定しない損失を選べ。", negative=True)
    assert said(again(examiner, choice(), opposite, variant, typed, reworded=True)) == "other_form"
    fewer = numeric(
        stem="予測 {pred}、δ = 0.3 のHuber損失を小数第3位まで求めよ。正解は{target}",
        given={**numeric().model_dump()["given"], **FIXED},
    )
    variant = shown(examiner, numeric(), 1)
    assert said(again(examiner, numeric(), fewer, variant, "1", reworded=True)) == "other_numbers"


def test_lines_may_be_broken_otherwise(examiner: Examiner) -> None:
    new = choice(
        stem="中央値を推定する損失は\nどれか。".replace("\n", "  "),
        options=options_of(choice(), right=("MSE",)),
    )
    old = choice(stem="中央値を推定する損失は どれか。")
    variant = shown(examiner, old, 0)
    assert said(again(examiner, old, new, variant, label("MSE")(variant))) == 1


def test_a_near_miss_of_a_term_is_left_alone(examiner: Examiner) -> None:
    old, new = (
        term(answer={"accept": ["Charbonnier損失"]}),
        term(answer={"accept": ["擬似Huber損失"]}),
    )
    variant = shown(examiner, old, 0)
    assert examiner.judge(variant, "擬似Hubel損失").outcome == "wrong"
    assert said(again(examiner, old, new, variant, "擬似Hubel損失")) == "unreadable"


def test_hints_lower_the_score_as_they_did(examiner: Examiner) -> None:
    """One of two hints leaves two thirds, also if the question has other hints now."""
    new = term(hints=[], answer={"accept": ["ヒューバー型"]})
    variant = shown(examiner, term(), 0)
    again_ = again(examiner, term(), new, variant, "ヒューバー型", hints=1)
    assert isinstance(again_, Verdict)
    assert (again_.score, again_.hints_used) == (pytest.approx(2 / 3), 1)


def test_a_flashcard_keeps_the_learners_own_judgement(examiner: Examiner) -> None:
    variant = shown(examiner, card(), 0)
    for asked in (card(), None):
        assert said(again(examiner, asked, card(back="p ln p"), variant, "3")) == 1


def test_options_that_cannot_be_drawn_again_are_left_alone(examiner: Examiner) -> None:
    """Another version of the catalogue offered something else: the recorded score tells."""
    variant = shown(examiner, calculated(), 0)
    for option in variant.options:
        wrong_score = 0.0 if option.right else 1.0
        second = again(
            examiner, calculated(), calculated(), variant, option.label, score=wrong_score
        )
        assert said(second) == "not_reproduced"
