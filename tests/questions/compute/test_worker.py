"""The worker process computes, keeps quiet, and may die without losing a request."""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from questions.compute import framing
from questions.compute.client import ComputeRefused, ComputeUnavailable, ComputeWorker
from questions.model import Computation, NumericQuestion
from questions.settle_many import Settled, Unsettled

HUBER = NumericQuestion.model_validate(
    {
        "kind": "numeric",
        "id": "huber",
        "topic": "13b",
        "stem": "{pred} {target}",
        "explanation": "-",
        "source": "-",
        "given": {
            "pred": {"sample": "uniform", "size": 3, "low": 0, "high": 3, "decimals": 1},
            "target": {"sample": "uniform", "size": 3, "low": 0, "high": 3, "decimals": 1},
        },
        "compute": {
            "loss": "huber",
            "inputs": {"pred": "$pred", "target": "$target", "delta": 0.3},
        },
    }
)
# Source 000's example at delta 0.3 (losses.md 1.3): errors 0.5, -0.2, 0.2.
GIVEN = {"pred": (3.0, 0.0, 2.2), "target": (2.5, 0.2, 2.0)}


@pytest.fixture
def worker() -> Iterator[ComputeWorker]:
    worker = ComputeWorker()
    yield worker
    worker.close()


def until(condition, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def test_it_computes_the_value_the_mistakes_and_the_steps(worker: ComputeWorker) -> None:
    evaluation = worker.evaluate(HUBER, GIVEN)
    assert evaluation.value == pytest.approx(0.048333, abs=1e-6)
    values = {mistake.id: mistake.value for mistake in evaluation.mistakes}
    assert values["no_half_in_quadratic"] == pytest.approx(0.061667, abs=1e-6)
    assert values["smooth_l1_instead"] == pytest.approx(0.161111, abs=1e-6)
    assert evaluation.steps[-1].value == pytest.approx(evaluation.value, abs=1e-12)
    assert evaluation.dtype == "float64"
    assert evaluation.torch_version.startswith("2.13")


def test_it_settles_many_seeds_as_it_settles_each(worker: ComputeWorker) -> None:
    found = worker.settle_many(HUBER, range(12))
    assert [seed.seed for seed in found] == list(range(12))
    for each in found:
        assert isinstance(each, Settled)
        attempt, evaluation = worker.settle(
            HUBER, question_id="p/huber", content_hash="0", seed=each.seed
        )
        assert each.attempt == attempt
        assert each.value == pytest.approx(evaluation.value, abs=1e-12)
        assert dict(each.mistakes) == pytest.approx(
            {mistake.id: mistake.value for mistake in evaluation.mistakes}, abs=1e-12
        )
        assert evaluation.steps[-1].value == pytest.approx(evaluation.value, abs=1e-12)
    alike = HUBER.model_copy(update={"given": {**HUBER.given, "pred": HUBER.given["target"]}})
    hopeless = alike.model_copy(
        update={"compute": Computation(loss="mse", inputs={"pred": "$pred", "target": "$pred"})}
    )
    (stuck,) = worker.settle_many(hopeless, range(5))
    assert isinstance(stuck, Unsettled)
    assert "0になる" in stuck.text.ja


def test_starting_it_returns_at_once_and_it_becomes_ready(worker: ComputeWorker) -> None:
    before = time.monotonic()
    worker.start()
    started = time.monotonic() - before
    assert not worker.ready
    until(lambda: worker.ready)
    assert started < time.monotonic() - before  # loading went on after start() had returned


def test_a_killed_worker_is_replaced_and_the_request_repeated(worker: ComputeWorker) -> None:
    worker.start()
    until(lambda: worker.ready)
    first = worker.pid
    assert first is not None
    os.kill(first, signal.SIGSTOP)  # it will hold the request without answering
    answers: list[float] = []
    asking = threading.Thread(target=lambda: answers.append(worker.evaluate(HUBER, GIVEN).value))
    asking.start()
    time.sleep(0.1)
    os.kill(first, signal.SIGKILL)
    asking.join(60)
    assert answers == [pytest.approx(0.048333, abs=1e-6)]
    assert worker.pid != first


def test_a_worker_that_dies_twice_is_reported_and_can_be_asked_again(tmp_path) -> None:
    flag = tmp_path / "well"
    script = (
        "import os, sys, runpy\n"
        f"if not os.path.exists({str(flag)!r}): sys.exit(3)\n"
        "runpy.run_module('questions.compute', run_name='__main__')\n"
    )
    worker = ComputeWorker(command=(sys.executable, "-P", "-c", script))
    try:
        with pytest.raises(ComputeUnavailable) as problem:
            worker.evaluate(HUBER, GIVEN)
        assert "2回" in problem.value.text.ja
        flag.touch()
        assert worker.evaluate(HUBER, GIVEN).value == pytest.approx(0.048333, abs=1e-6)
    finally:
        worker.close()


def test_a_hanging_worker_is_stopped(tmp_path) -> None:
    worker = ComputeWorker(
        command=(sys.executable, "-c", "import time; time.sleep(600)"), timeout=0.3
    )
    try:
        with pytest.raises(ComputeUnavailable) as problem:
            worker.evaluate(HUBER, GIVEN)
        assert "時間" in problem.value.text.ja
        until(lambda: worker.pid is None)
    finally:
        worker.close()


def test_without_torch_the_reason_is_told(tmp_path) -> None:
    (tmp_path / "torch.py").write_text("raise ImportError('no torch on this machine')")
    script = (
        f"import sys, runpy; sys.path.insert(0, {str(tmp_path)!r})\n"
        "runpy.run_module('questions.compute', run_name='__main__')\n"
    )
    worker = ComputeWorker(command=(sys.executable, "-P", "-c", script))
    try:
        with pytest.raises(ComputeUnavailable) as problem:
            worker.evaluate(HUBER, GIVEN)
        assert "no torch on this machine" in problem.value.text.ja
    finally:
        worker.close()


def test_a_module_in_the_working_directory_is_not_imported(tmp_path, monkeypatch) -> None:
    (tmp_path / "torch.py").write_text("raise SystemExit('the wrong torch was imported')")
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "__init__.py").write_text("raise SystemExit('wrong package')")
    monkeypatch.chdir(tmp_path)
    worker = ComputeWorker()
    try:
        assert worker.evaluate(HUBER, GIVEN).value == pytest.approx(0.048333, abs=1e-6)
    finally:
        worker.close()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"pred": (1.0, 2.0), "target": (1.0, 2.0, 3.0)}, "shape"),
        ({"pred": (1.0, 2.0)}, "target"),
    ],
)
def test_numbers_that_a_loss_refuses_are_a_fault_of_the_question(
    worker: ComputeWorker, given, why: str
) -> None:
    with pytest.raises(ComputeRefused, match=why):
        worker.evaluate(HUBER, given)
    assert worker.evaluate(HUBER, GIVEN).value > 0  # and the worker lives on


def test_printing_libraries_cannot_break_in(tmp_path) -> None:
    script = (
        "import os, runpy, sys\n"
        "import questions.compute.operations as operations\n"
        "right = operations.evaluate_given\n"
        "def noisy(payload):\n"
        "    print('noise on stdout', flush=True)\n"
        "    os.write(1, b'noise on descriptor 1')\n"
        "    return right(payload)\n"
        "operations.evaluate_given = noisy\n"
        "runpy.run_module('questions.compute', run_name='__main__')\n"
    )
    worker = ComputeWorker(command=(sys.executable, "-P", "-c", script))
    try:
        assert worker.evaluate(HUBER, GIVEN).value == pytest.approx(0.048333, abs=1e-6)
    finally:
        worker.close()


def test_the_worker_ends_with_the_one_who_started_it() -> None:
    script = (
        "import os\n"
        "from questions.compute.client import ComputeWorker\n"
        "worker = ComputeWorker(); worker.start()\n"
        "import time\n"
        "while not worker.ready: time.sleep(0.01)\n"
        "print(worker.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    pid = int(ran.stdout)

    def gone() -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        # a zombie that nobody has collected yet is gone too
        try:
            with open(f"/proc/{pid}/stat") as stat:
                return stat.read().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            return True

    until(gone)


def test_the_client_does_not_import_torch() -> None:
    script = "import sys, questions.compute.client; print('torch' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_a_value_that_is_not_finite_is_told_and_does_not_end_the_worker(
    worker: ComputeWorker,
) -> None:
    # KL(P‖Q) where Q rules out what P allows
    question = HUBER.model_copy(
        update={
            "compute": Computation(
                loss="kl_div", inputs={"log_probs": "$q", "target": "$p", "log_input": False}
            )
        }
    )
    before = worker.evaluate(HUBER, GIVEN)
    pid = worker.pid
    evaluation = worker.evaluate(question, {"q": (1.0, 0.0), "p": (0.5, 0.5)})
    assert evaluation.value == float("inf")
    assert worker.evaluate(HUBER, GIVEN) == before
    assert worker.pid == pid


def test_it_says_what_computes(worker: ComputeWorker) -> None:
    versions = worker.versions()
    assert versions["torch"].startswith("2.13")
    assert versions["python"] == platform.python_version()


def test_requests_from_many_threads_get_their_own_answers(worker: ComputeWorker) -> None:
    answers: dict[int, float] = {}

    def ask(shift: int) -> None:
        given = {"pred": (3.0 + shift, 0.0, 2.2), "target": (2.5, 0.2, 2.0)}
        answers[shift] = worker.evaluate(HUBER, given).value

    threads = [threading.Thread(target=ask, args=(shift,)) for shift in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    # the first error is 0.5 + shift: δ(|e| − δ/2) with δ = 0.3, the others are 0.02 each
    assert answers == {
        shift: pytest.approx((0.3 * (0.5 + shift - 0.15) + 0.04) / 3) for shift in range(20)
    }


def test_requests_that_wait_survive_the_death_too(worker: ComputeWorker) -> None:
    worker.start()
    until(lambda: worker.ready)
    first = worker.pid
    assert first is not None
    os.kill(first, signal.SIGSTOP)
    answers: list[float] = []
    threads = [
        threading.Thread(target=lambda: answers.append(worker.evaluate(HUBER, GIVEN).value))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    os.kill(first, signal.SIGKILL)
    for thread in threads:
        thread.join(60)
    assert answers == [pytest.approx(0.048333, abs=1e-6)] * 4


def test_killed_again_while_the_request_is_repeated_it_is_reported(worker: ComputeWorker) -> None:
    worker.start()
    until(lambda: worker.ready)
    problems: list[ComputeUnavailable] = []

    def ask() -> None:
        try:
            worker.evaluate(HUBER, GIVEN)
        except ComputeUnavailable as problem:
            problems.append(problem)

    first = worker.pid
    assert first is not None
    os.kill(first, signal.SIGSTOP)
    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.1)
    os.kill(first, signal.SIGKILL)
    until(lambda: worker.pid not in (None, first))  # it is loading torch now
    second = worker.pid
    assert second is not None
    os.kill(second, signal.SIGKILL)
    asking.join(60)
    assert len(problems) == 1
    assert "2回" in problems[0].text.ja
    assert worker.evaluate(HUBER, GIVEN).value == pytest.approx(0.048333, abs=1e-6)


def test_an_interrupt_from_the_terminal_does_not_reach_it(worker: ComputeWorker) -> None:
    worker.start()
    until(lambda: worker.ready)
    pid = worker.pid
    assert pid is not None
    assert os.getsid(pid) != os.getsid(0)  # Ctrl+C and hang-up go to the session of the terminal
    os.kill(pid, signal.SIGINT)
    assert worker.evaluate(HUBER, GIVEN).value > 0
    assert worker.pid == pid


def test_closing_ends_the_process_and_whoever_waits(worker: ComputeWorker) -> None:
    worker.start()
    until(lambda: worker.ready)
    pid = worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)  # as if it computed for ever
    raised: list[Exception] = []

    def ask() -> None:
        try:
            worker.evaluate(HUBER, GIVEN)
        except ComputeUnavailable as problem:
            raised.append(problem)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.1)
    worker.close()
    asking.join(30)
    assert len(raised) == 1
    assert not asking.is_alive()
    with pytest.raises(ComputeUnavailable):
        worker.evaluate(HUBER, GIVEN)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize(
    "said",
    ["b'\\x00\\x00\\x00\\x02{]'", "b'\\xff\\xff\\xff\\xff'", "b'\\x00\\x00\\x00\\x02[]'", "b'x'"],
    ids=["not JSON", "too long", "not an object", "cut short"],
)
def test_a_worker_that_talks_nonsense_is_replaced_and_reported(said: str) -> None:
    script = f"import sys, time; sys.stdout.buffer.write({said}); sys.stdout.flush()"
    worker = ComputeWorker(command=(sys.executable, "-c", script), timeout=30)
    try:
        with pytest.raises(ComputeUnavailable) as problem:
            worker.evaluate(HUBER, GIVEN)
        assert "2回" in problem.value.text.ja
    finally:
        worker.close()


def test_a_request_that_is_too_long_is_refused_and_harms_nothing(
    worker: ComputeWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.evaluate(HUBER, GIVEN)
    pid = worker.pid
    monkeypatch.setattr(framing, "LIMIT", 100)
    with pytest.raises(ComputeRefused, match="over the limit"):
        worker.evaluate(HUBER, GIVEN)
    monkeypatch.undo()
    assert worker.evaluate(HUBER, GIVEN).value > 0
    assert worker.pid == pid


def test_nothing_of_it_reaches_the_terminal() -> None:
    noisy = (
        "import os, sys; os.write(2, b'on 2'); print('on stderr', file=sys.stderr); "
        "print('on stdout', flush=True); sys.exit(1)"
    )
    script = (
        "import sys\n"
        "from questions.compute.client import ComputeWorker\n"
        f"worker = ComputeWorker(command=(sys.executable, '-c', {noisy!r}))\n"
        "try: worker.versions()\n"
        "except Exception as error: print(type(error).__name__, 'on 2' in error.detail)\n"
        "worker.close()\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout == "ComputeUnavailable True\n"  # kept for --debug, shown nowhere else
    assert ran.stderr == ""
