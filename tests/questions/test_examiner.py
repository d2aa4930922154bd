"""The examiner presents and judges; what must be computed is computed once, by a real worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from questions.compute.client import ComputeRefused, ComputeUnavailable, ComputeWorker
from questions.compute.evaluate import evaluate
from questions.draw import draw
from questions.evaluation import Evaluation
from questions.examiner import Examiner, needs_computing
from questions.model import ComputedQuestion, Question
from questions.settle import settle
from questions.tolerance import as_written
from questions.variant import Variant
from tests.questions.examples import calculated, choice, compare, gradient, numeric, ratio

HUBER = numeric()


class CountingWorker(ComputeWorker):
    """The real worker, which also counts what it is asked."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self.evaluated = 0

    def evaluate(self, *arguments: object, **options: object) -> Evaluation:
        self.evaluated += 1
        return super().evaluate(*arguments, **options)


@pytest.fixture(scope="module")
def warm() -> Iterator[CountingWorker]:
    worker = CountingWorker()
    worker.start()
    yield worker
    worker.close()


@pytest.fixture
def worker(warm: CountingWorker) -> CountingWorker:
    warm.evaluated = 0
    return warm


@pytest.fixture
def examiner(worker: CountingWorker) -> Examiner:
    return Examiner(worker)


def present(
    examiner: Examiner, question: Question, seed: int = 0, attempt: int | None = None
) -> Variant:
    return examiner.present(
        question, question_id=f"p/{question.id}", content_hash="0", seed=seed, attempt=attempt
    )


def closed() -> Examiner:
    worker = ComputeWorker()
    worker.close()
    return Examiner(worker)


def test_choice_questions_need_no_worker() -> None:
    examiner = closed()
    shown = present(examiner, choice())
    right = next(option.label for option in shown.options if option.right)
    examiner.prepare(shown)
    assert examiner.judge(shown, right).outcome == "correct"
    assert not needs_computing(choice())
    assert needs_computing(HUBER)


def test_a_known_attempt_is_shown_without_a_worker() -> None:
    shown = present(closed(), HUBER, seed=3, attempt=2)
    assert shown == draw(HUBER, question_id="p/huber", content_hash="0", seed=3, attempt=2)


def test_what_cannot_be_read_is_said_without_a_worker() -> None:
    examiner = closed()
    shown = present(examiner, HUBER, attempt=0)
    assert examiner.judge(shown, "1,000").outcome == "unreadable"
    with pytest.raises(ComputeUnavailable):
        examiner.judge(shown, "0.5")


def test_the_worker_settles_as_this_process_would(examiner: Examiner) -> None:
    for seed in range(5):
        shown = present(examiner, HUBER, seed)
        expected, _ = settle(
            HUBER, question_id="p/huber", content_hash="0", seed=seed, evaluate=evaluate
        )
        assert shown == expected


def test_presenting_judging_and_judging_again_computes_nothing_more(
    examiner: Examiner, worker: CountingWorker
) -> None:
    shown = present(examiner, HUBER)
    right = evaluate(HUBER, shown.given)
    verdict = examiner.judge(shown, as_written(right.value, HUBER.tolerance))
    assert verdict.outcome == "correct"
    assert verdict.expected_value == right.value
    assert verdict.steps == right.steps
    wrong = as_written(right.mistakes[0].value, HUBER.tolerance)
    assert examiner.judge(shown, wrong).mistakes[0].id == right.mistakes[0].id
    assert worker.evaluated == 0  # settling had computed it


def test_preparing_computes_once(examiner: Examiner, worker: CountingWorker) -> None:
    shown = present(examiner, HUBER, attempt=0)
    examiner.prepare(shown)
    examiner.prepare(shown)
    examiner.judge(shown, "0.5")
    assert worker.evaluated == 1


def test_an_answer_given_while_the_worker_computes_waits_for_it(
    examiner: Examiner, worker: CountingWorker
) -> None:
    shown = present(examiner, HUBER, seed=8, attempt=0)
    examiner.prepare(present(examiner, HUBER, seed=9, attempt=0))  # torch is loaded by now
    pid = worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        outcomes: list[str] = []
        threads = [threading.Thread(target=examiner.prepare, args=(shown,))]
        threads += [
            threading.Thread(target=lambda: outcomes.append(examiner.judge(shown, "77").outcome))
            for _ in range(3)
        ]
        for thread in threads:
            thread.start()
    finally:
        os.kill(pid, signal.SIGCONT)
    for thread in threads:
        thread.join(30)
    assert outcomes == ["wrong"] * 3
    assert worker.evaluated == 2  # the one of seed 9 and one for all four


def test_old_evaluations_are_forgotten_and_computed_again(
    examiner: Examiner, worker: CountingWorker
) -> None:
    for seed in range(70):
        examiner.prepare(present(examiner, HUBER, seed, attempt=0))
    assert worker.evaluated == 70
    examiner.prepare(present(examiner, HUBER, 69, attempt=0))
    assert worker.evaluated == 70
    examiner.prepare(present(examiner, HUBER, 0, attempt=0))
    assert worker.evaluated == 71


def test_the_options_of_a_calculated_choice_are_computed(
    examiner: Examiner, worker: CountingWorker
) -> None:
    question = calculated()
    for seed in range(3):
        shown = present(examiner, question, seed)
        assert len(shown.options) == 4
        expected, known = settle(
            question, question_id="p/huber-options", content_hash="0", seed=seed, evaluate=evaluate
        )
        assert shown == expected
        verdicts = [examiner.judge(shown, option.label) for option in shown.options]
        assert sorted(verdict.outcome for verdict in verdicts) == ["correct"] + ["mistake"] * 3
        assert {verdict.expected_value for verdict in verdicts} == {known.value}
        assert worker.evaluated == 0  # settling had computed it
    # Another session knows the attempt: the options are the same, after one evaluation.
    again = present(Examiner(worker), question, shown.seed, shown.attempt)
    assert again == shown
    assert worker.evaluated == 1
    assert needs_computing(question)


def test_a_calculated_choice_cannot_be_shown_without_a_worker() -> None:
    with pytest.raises(ComputeUnavailable):
        present(closed(), calculated(), attempt=0)


def test_an_option_that_is_none_is_said_without_a_worker(examiner: Examiner) -> None:
    shown = present(examiner, calculated())
    assert closed().judge(shown, "7").outcome == "unreadable"
    with pytest.raises(ComputeUnavailable):
        closed().judge(shown, "1")


def test_an_attempt_without_options_is_refused(examiner: Examiner) -> None:
    fixed = {"sample": "fixed", "value": [0.5]}
    question = calculated(given={"pred": fixed, "target": {"sample": "fixed", "value": [0.4]}})
    with pytest.raises(ComputeRefused) as raised:
        present(examiner, question, attempt=0)
    assert raised.value.kind == "Undiagnosable"
    assert "linear_as_absolute" in raised.value.text.ja


@pytest.mark.parametrize("question", [gradient(), ratio(), compare()])
def test_what_is_computed_in_new_ways_crosses_the_pipe(
    examiner: Examiner, question: ComputedQuestion
) -> None:
    shown = present(examiner, question)
    expected = evaluate(question, shown.given)
    assert examiner._evaluation(shown) == expected
    assert examiner._compute.evaluate(question, shown.given) == expected


def test_a_comparison_is_shown_at_once_and_judged_with_the_worker(examiner: Examiner) -> None:
    shown = present(examiner, compare())
    again = present(closed(), compare(), attempt=shown.attempt)
    assert again == shown
    verdicts = [examiner.judge(shown, option.label) for option in shown.options]
    assert sorted(verdict.right for verdict in verdicts) == [False, True]
    assert closed().judge(shown, "9").outcome == "unreadable"
    with pytest.raises(ComputeUnavailable):
        closed().judge(again, "1")


def test_a_comparison_that_its_numbers_do_not_decide_is_refused(examiner: Examiner) -> None:
    fixed = {"sample": "fixed", "value": [0.5]}
    question = compare(given={"pred": fixed, "target": fixed})
    shown = present(examiner, question, attempt=0)
    with pytest.raises(ComputeRefused, match="all the same"):
        examiner.prepare(shown)
    with pytest.raises(ComputeRefused, match="all the same"):
        examiner.judge(shown, "1")


def test_a_failure_while_preparing_is_not_remembered() -> None:
    worker = ComputeWorker(command=(sys.executable, "-c", "raise SystemExit"))
    try:
        examiner = Examiner(worker)
        shown = present(examiner, HUBER, attempt=0)
        for _ in range(2):
            with pytest.raises(ComputeUnavailable):
                examiner.prepare(shown)
        with pytest.raises(ComputeUnavailable):
            examiner.judge(shown, "0.5")
    finally:
        worker.close()


def test_a_question_on_which_a_mistake_cannot_show_is_refused_with_the_reason(
    examiner: Examiner,
) -> None:
    question = numeric(
        compute={"loss": "huber", "inputs": {"pred": "$pred", "target": "$target", "delta": 1}},
        mistakes=["smooth_l1_instead"],
    )
    with pytest.raises(ComputeRefused) as raised:
        present(examiner, question)
    assert "smooth_l1_instead" in raised.value.text.ja
    assert raised.value.kind == "Undiagnosable"


def test_the_examiner_does_not_import_torch() -> None:
    script = "import sys, questions.examiner, questions.rendering; print('torch' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
