"""Warnings that an author silences: only where it says so, only warnings, only while they occur."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from questions.compute.client import ComputeWorker
from questions.lint.check import check
from questions.lint.codes import CODES, WARNINGS
from questions.lint.memory import Memory
from questions.lint.silence import UNUSED
from questions.model import Pack, content_hash
from questions.model.silencing import WarningCode
from questions.packfile import PackProblems, read_pack
from tests.questions.lint.planted import header

# One warning each: Q104 (all of the above), Q205 (a source that names nothing).
QUESTION = """\
  - kind: choice
    id: {id}
    topic: 13b
    {allow}
    stem: {stem}
    explanation: 誤差が10でも100でも勾配は同じ大きさなので、1件の外れ値に引きずられない。
    source: 教科書
    options:
      - {{text: 勾配の大きさが一定だから。, reason: 絶対誤差の傾きは1か−1である。, right: true}}
      - {{text: 計算が速く終わるから。, reason: 計算量は二乗誤差と変わらない。}}
      - {{text: 上記のいずれでもない。, reason: 傾きは最適化に使う。}}
"""
STEMS = ("外れ値に強い損失を用いる理由を1つ選べ。", "回帰で絶対値を使う根拠はどれか。")


def pack(*allowed: str, whole: str = "") -> str:
    """A pack of two questions that silence these codes."""
    about = header("silence")
    if whole:
        about = about.replace("questions:\n", f"allow: [{whole}]\nquestions:\n")
    return about + "".join(
        QUESTION.format(
            id=f"q{place}", stem=STEMS[place], allow=f"allow: [{codes}]" if codes else "tags: []"
        )
        for place, codes in enumerate((*allowed, "", "")[:2])
    )


def found(worker: ComputeWorker, *files: Path) -> list[tuple[str, str]]:
    report = check(files, seeds=5, memory=Memory(None), workers=[worker])
    return sorted((each.path, each.code) for each in report.findings)


EVERYTHING = [
    ("questions[0].options[2].text", "Q104"),
    ("questions[0].source", "Q205"),
    ("questions[1].options[2].text", "Q104"),
    ("questions[1].source", "Q205"),
]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (pack(), EVERYTHING),
        (pack("Q104"), EVERYTHING[1:]),
        (pack("Q205, Q104"), EVERYTHING[2:]),
        (pack("", "Q104"), [*EVERYTHING[:2], EVERYTHING[3]]),
        (pack(whole="Q104"), [EVERYTHING[1], EVERYTHING[3]]),
        (pack("Q205", whole="Q104"), EVERYTHING[3:]),
        # What is silenced twice is used in both places.
        (pack("Q104", whole="Q104"), [EVERYTHING[1], EVERYTHING[3]]),
        # What does not occur is a warning itself, and that cannot be silenced.
        (pack("Q301"), sorted([*EVERYTHING, ("questions[0].allow[0]", UNUSED)])),
        (pack("Q104, N103"), sorted([*EVERYTHING[1:], ("questions[0].allow[1]", UNUSED)])),
        (pack(whole="Q401"), [("allow[0]", UNUSED), *EVERYTHING]),
    ],
)
def test_what_is_silenced(
    worker: ComputeWorker, tmp_path: Path, text: str, left: list[tuple[str, str]]
) -> None:
    file = tmp_path / "p.yaml"
    file.write_text(text, encoding="utf-8")
    assert found(worker, file) == left


def test_a_pack_in_several_files_is_silenced_by_its_head(
    worker: ComputeWorker, tmp_path: Path
) -> None:
    head, questions = pack(whole="Q104, Q205").split("questions:\n")
    (tmp_path / "other").mkdir()
    files = [tmp_path / "pack.yaml", tmp_path / "q.yaml", tmp_path / "other" / "p.yaml"]
    files[0].write_text(head, encoding="utf-8")
    files[1].write_text(f"questions:\n{questions}", encoding="utf-8")
    assert found(worker, *files[:2]) == []
    files[2].write_text(pack().replace("silence", "loud"), encoding="utf-8")
    assert [pair for pair in found(worker, *files) if pair[1] != "Q402"] == EVERYTHING


@pytest.mark.parametrize("code", ["P201", "N101", UNUSED, "Q999", "q104"])
def test_errors_cannot_be_silenced(code: str) -> None:
    with pytest.raises(PackProblems) as refused:
        read_pack(pack(code).encode(), name="p")
    (problem,) = refused.value.problems
    assert (problem.path, problem.code) == ("questions[0].allow[0]", "P103")


def test_all_warnings_can_be_silenced_but_one() -> None:
    assert set(get_args(WarningCode)) == WARNINGS - {UNUSED}
    assert set(CODES) >= WARNINGS


def test_silencing_is_no_other_content() -> None:
    """Schedules and statistics go on."""
    loud, silent = (read_pack(text.encode(), name="p") for text in (pack(), pack("Q104")))
    assert isinstance(silent, Pack)
    assert [content_hash(each) for each in loud.questions] == [  # type: ignore[arg-type]  # no cases
        content_hash(each)  # type: ignore[arg-type]  # no cases
        for each in (silent.questions[0].model_copy(update={"tags": ()}), silent.questions[1])
    ]
