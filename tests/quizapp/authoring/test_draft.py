"""What is known of files that are being written, and where the cursor is after a save."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.compute.client import ComputeWorker
from questions.lint.memory import Memory
from quizapp.authoring.bench import Bench
from quizapp.authoring.draft import Draft
from quizapp.authoring.following import Following
from tests.quizapp.authoring.written import ALL, HEAD, JUDGED, MEAN, SQUARES, written

SEEDS = 3


@pytest.fixture(scope="module")
def worker() -> Iterator[ComputeWorker]:
    worker = ComputeWorker()
    yield worker
    worker.close()


@pytest.fixture
def bench(worker: ComputeWorker) -> Bench:
    return Bench(worker, memory=Memory(None), seeds=SEEDS)


def read(bench: Bench, file: Path, text: str) -> Draft:
    file.write_text(text, encoding="utf-8")
    return bench.read([file])


def test_every_question_is_an_entry_with_its_lines(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    text = written()
    draft = read(bench, file, text)
    assert [(entry.name, entry.place) for entry in draft.entries] == [
        ("p.yaml", None),
        ("mean", 0),
        ("squares", 1),
        ("robust", 2),
    ]
    lines = text.split("\n")
    for entry in draft.entries[1:]:
        shown = entry.source.split("\n")
        assert lines[entry.line - 1 :][: len(shown)] == shown
        assert entry.question is not None
        assert entry.question_id == f"written/{entry.name}"
    assert draft.findings == ()


def test_an_unsound_question_has_its_findings_and_no_form(bench: Bench, tmp_path: Path) -> None:
    draft = read(bench, tmp_path / "p.yaml", written().replace("topic: 13a", "topic: 13x"))
    wrong = draft.entries[3]
    assert wrong.question is None
    assert [finding.code for finding in draft.by_spot()[wrong.spot]] == ["P203"]


def test_what_belongs_to_no_question_is_the_file_s(bench: Bench, tmp_path: Path) -> None:
    draft = read(bench, tmp_path / "p.yaml", written().replace("version: 1.0.0", "version: 1"))
    assert set(draft.by_spot()) == {draft.entries[0].spot}


@given(cut=st.integers(min_value=0, max_value=len(written())))
def test_a_half_written_file_is_read(cut: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("cut") / "p.yaml"
    draft = read(Bench(ComputeWorker(), memory=Memory(None), seeds=1), file, written()[:cut])
    assert draft.entries[0].name == "p.yaml"
    assert sum(len(each) for each in draft.by_spot().values()) == len(draft.findings)


@pytest.mark.parametrize("content", [b"", b"\x00", b"\xff\xfe", b"[", b"questions: 3", b"- 1"])
def test_what_is_no_pack_is_an_entry_with_findings(
    content: bytes, bench: Bench, tmp_path: Path
) -> None:
    file = tmp_path / "p.yaml"
    file.write_bytes(content)
    draft = bench.read([file])
    assert [entry.place for entry in draft.entries] == [None]
    assert draft.by_spot()[draft.entries[0].spot]


def test_a_file_that_is_away(bench: Bench, tmp_path: Path) -> None:
    draft = bench.read([tmp_path / "away.yaml"])
    assert [finding.code for finding in draft.findings] == ["P001"]


def test_numbers_are_computed_once_for_each_content(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    draft = read(bench, file, written())
    (item,) = bench.uncomputed(draft)
    assert item.question.id == "squares"
    bench.compute(item)
    assert bench.uncomputed(draft) == ()
    # Another question's words change nothing for this one's numbers.
    assert bench.uncomputed(read(bench, file, written().replace("外れ値", "異常値"))) == ()
    changed = read(bench, file, written().replace("low: 7", "low: 6"))
    assert [each.question.id for each in bench.uncomputed(changed)] == ["squares"]


def test_wrong_numbers_are_found_where_they_stand(bench: Bench, tmp_path: Path) -> None:
    swallowed = written([SQUARES.replace("{decimals: 3}", "{atol: 1}")])
    draft = read(bench, tmp_path / "p.yaml", swallowed)
    for item in bench.uncomputed(draft):
        bench.compute(item)
    found = bench.with_known_numbers(draft).by_spot()[draft.entries[1].spot]
    assert found
    assert all(finding.code.startswith("N") for finding in found)


def test_a_pack_of_several_files_says_once_which_it_is(bench: Bench, tmp_path: Path) -> None:
    head = tmp_path / "pack.yaml"
    head.write_text(written([MEAN]).replace("id: written", "id: written\nlanguage: en"))
    part = tmp_path / "more.yaml"
    part.write_text("questions:\n" + JUDGED)
    entry = bench.read([head, part]).entries[-1]
    assert (entry.question_id, entry.language) == ("written/robust", "en")


# The cursor: (before, after) -> the question that it is on, when it was on `squares`.
MOVES = {
    "nothing changed": (ALL, ALL, "squares"),
    "the question itself": (ALL, (MEAN, SQUARES.replace("平均二乗", "二乗"), JUDGED), "squares"),
    "another one": (ALL, (MEAN, SQUARES, JUDGED.replace("強調", "目立")), "robust"),
    "a new one": ((MEAN, SQUARES), ALL, "robust"),
    "a new one before it": ((SQUARES, JUDGED), ALL, "mean"),
    "others change places": (ALL, (JUDGED, SQUARES, MEAN), "squares"),
    "it moves": (ALL, (MEAN, JUDGED, SQUARES), "squares"),
    "it gets another id": (ALL, (MEAN, SQUARES.replace("id: squares", "id: sq"), JUDGED), "sq"),
    "another one goes": (ALL, (SQUARES, JUDGED), "squares"),
    "it goes": (ALL, (MEAN, JUDGED), "robust"),
    "it goes and was the last": ((MEAN, SQUARES), (MEAN,), "mean"),
    "two of the same id, one changed": (
        (MEAN, MEAN, SQUARES, JUDGED),
        (MEAN, MEAN, SQUARES, JUDGED.replace("強調", "目立")),
        "robust",
    ),
    "two of the same id": ((MEAN, MEAN, SQUARES), (MEAN, MEAN, SQUARES), "squares"),
}


@pytest.mark.parametrize("move", MOVES)
def test_the_cursor_is_on_what_changed(move: str, bench: Bench, tmp_path: Path) -> None:
    before, after, expected = MOVES[move]
    file = tmp_path / "p.yaml"
    draft = read(bench, file, written(before))
    names = [entry.name for entry in draft.entries]
    following = Following().after(draft.entries).at(names.index("squares"), draft.entries)
    draft = read(bench, file, written(after))
    following = following.after(draft.entries)
    assert draft.entries[following.index].name == expected


def test_the_cursor_waits_while_a_file_cannot_be_read(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    draft = read(bench, file, written())
    following = Following().after(draft.entries)
    assert draft.entries[following.index].name == "mean"  # the first question, not the file
    following = following.at(2, draft.entries)
    broken = read(bench, file, written() + "\t- [")
    following = following.after(broken.entries)
    assert broken.entries[following.index].place is None
    mended = read(bench, file, written())
    following = following.after(mended.entries)
    assert mended.entries[following.index].name == "squares"


TEXTS = st.lists(
    st.sampled_from([MEAN, SQUARES, JUDGED, MEAN.replace("mean", "other"), "  - x\n", "  - [\n"]),
    max_size=4,
).map(lambda questions: HEAD + "".join(questions))


@given(texts=st.lists(TEXTS, max_size=4), moves=st.lists(st.integers(-2, 9), max_size=4))
def test_the_cursor_is_always_on_something(
    texts: list[str], moves: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("p") / "p.yaml"
    bench = Bench(ComputeWorker(), memory=Memory(None), seeds=1)
    following = Following()
    for text in texts:
        draft = read(bench, file, text)
        following = following.after(draft.entries)
        assert 0 <= following.index < len(draft.entries)
        for move in moves:
            following = following.at(move, draft.entries)
            assert 0 <= following.index < len(draft.entries)
