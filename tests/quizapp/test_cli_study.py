"""`quizapp study --plain` and `quizapp ask`: the session without a screen, through pipes."""

from __future__ import annotations

import json
import re
import sqlite3
from io import StringIO
from pathlib import Path

import pytest

from quizapp import language
from quizapp.cli import main


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the database will be; settings and data of the developer are out of reach."""
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("QUIZAPP_DATABASE_URL", raising=False)
    language.use("ja")
    return tmp_path / "quiz.db"


class Desk:
    """Where a learner sits in plain mode: types lines, reads lines."""

    def __init__(
        self, database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.database = self._database = database
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def study(self, *typed: str, words: tuple[str, ...] = ()) -> str:
        """Run a session with these lines as input and return what was written."""
        self._monkeypatch.setattr("sys.stdin", StringIO("".join(f"{line}\n" for line in typed)))
        assert main(["study", "--plain", "--database", str(self._database), *words]) == 0
        shown = self._capsys.readouterr()
        assert shown.err == ""
        return shown.out

    def ask(self, *words: str) -> str:
        """Run `ask` and return what was written."""
        assert main(["ask", *words, "--database", str(self._database)]) == 0
        return self._capsys.readouterr().out

    def asked(self) -> list[str]:
        """Return the questions that were answered, the first one first."""
        with sqlite3.connect(self._database) as connection:
            return [
                row[0] for row in connection.execute("SELECT question_id FROM review ORDER BY id")
            ]

    def reviews(self) -> int:
        """Return how many answers are stored."""
        with sqlite3.connect(self._database) as connection:
            (count,) = connection.execute("SELECT count(*) FROM review").fetchone()
        return int(count)


@pytest.fixture
def desk(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    return Desk(database, monkeypatch, capsys)


CHOICE = ("--kind", "choice")


def test_a_question_its_options_and_a_verdict_with_a_reason_for_each(desk: Desk) -> None:
    out = desk.study("1", words=(*CHOICE, "--limit", "1"))
    assert [line[:3] for line in out.splitlines() if re.match(r"\d\. .*[^)]$", line)][:4] == [
        "1. ",
        "2. ",
        "3. ",
        "4. ",
    ]
    assert re.search(r"^(正解|不正解): ", out, flags=re.MULTILINE)
    reasons = re.findall(r"^\d\. .* \((?:正解|不正解)(?:、選んだもの)?\): .+$", out, re.MULTILINE)
    assert len(reasons) == 4
    assert sum("選んだもの" in reason for reason in reasons) == 1
    assert re.search(r"^解説: .+", out, flags=re.MULTILINE)
    assert re.search(r"^次回: .+", out, flags=re.MULTILINE)
    assert "今日: 1問解答" in out


def test_nothing_acts_on_the_terminal(desk: Desk) -> None:
    out = desk.study("1", "2", words=CHOICE)
    assert "\x1b" not in out
    assert "\r" not in out


def test_the_end_of_the_input_is_polite_and_loses_nothing(desk: Desk) -> None:
    out = desk.study("1", "1", words=CHOICE)
    assert "ここまでの解答は保存されている" in out
    assert "今日: 2問解答" in out
    assert "今日: 2問解答" in desk.study(words=CHOICE)


@pytest.mark.parametrize("quit_", [":quit", "：ｑｕｉｔ", " :QUIT "])
def test_quitting(quit_: str, desk: Desk) -> None:
    out = desk.study("1", quit_, "1", "1", words=CHOICE)
    assert "今日: 1問解答" in out


def test_taking_back_asks_the_same_question_again(desk: Desk) -> None:
    out = desk.study("1", ":undo", words=CHOICE)
    assert "取り消した解答: 1" in out
    assert "今日: 0問解答" in out
    questions = re.findall(r"今日の残り \d+問。\n(.+)\n", out)
    assert questions[0] == questions[2]


def test_taking_back_works_after_a_restart(desk: Desk) -> None:
    desk.study("1", words=CHOICE)
    assert "今日: 0問解答" in desk.study(":undo", words=CHOICE)
    assert "取り消せる解答がない" in desk.study(":undo", words=CHOICE)


def test_a_right_answer_can_be_called_hard_or_easy(desk: Desk) -> None:
    first = desk.study(":quit", words=CHOICE)
    shown = re.findall(r"^(\d)\. (.+)$", first, flags=re.MULTILINE)
    for label, _text in shown:  # one of them is right
        out = desk.study(label, ":easy", ":undo", words=CHOICE)
        if re.search(r"^正解: ", out, flags=re.MULTILINE):
            assert re.search(r"^易しかった\n次回: ", out, flags=re.MULTILINE)
            return
        assert "正解のときだけ選べる" in out
    pytest.fail("no option was right")


def test_an_unreadable_answer_costs_no_attempt(desk: Desk) -> None:
    out = desk.study("9", "", "nonsense", words=CHOICE)
    assert "今日: 0問解答" in out
    assert "読み取れない" in out or "番号で答える" in out
    assert out.count("今日の残り") == 1  # the question is not put again


def test_help_and_repeat(desk: Desk) -> None:
    out = desk.study(":help", ":repeat", ":nonsense", words=CHOICE)
    assert out.count(":undo") == 2  # an unknown command shows the help as well
    assert out.count("今日の残り") == 2


def test_a_numeric_mistake_is_named_with_its_steps(desk: Desk) -> None:
    out = desk.study("999.5", words=("--kind", "numeric", "--topic", "13b", "--limit", "1"))
    assert re.search(r"^不正解: ", out, flags=re.MULTILINE)
    assert "読み取った値: 999.5" in out
    assert re.search(r"^手順1\. ", out, flags=re.MULTILINE)
    assert "今日: 1問解答" in out


def test_the_limit_ends_the_session(desk: Desk) -> None:
    out = desk.study("1", "1", "1", words=(*CHOICE, "--limit", "2"))
    assert "今はこれで終わりである" in out
    assert "今日: 2問解答" in out


def test_one_pack_alone(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.study("1", words=("--pack", "pick-ranking", "--limit", "1"))
    desk.study("1", words=("--pack", "en-loss-choice", "--limit", "1"))
    assert [name.split("/")[0] for name in desk.asked()] == ["pick-ranking", "loss-choice"]
    assert main(["study", "--plain", "--pack", "none", "--database", str(desk.database)]) == 1
    assert "パックnoneは組み込まれていない" in capsys.readouterr().err


def test_english(desk: Desk) -> None:
    out = desk.study("1", words=(*CHOICE, "--limit", "1", "--lang", "en"))
    assert "Your answer:" in out
    assert "Today: 1 answer" in out


VARIANT = {
    "question", "content_hash", "kind", "topic", "scope", "difficulty", "seed", "attempt",
    "stem", "hints", "negative", "options",
    "passage", "language", "back",
    "rows", "given", "tolerance", "percent", "program",
}  # fmt: skip


def test_ask_shows_the_same_variant_for_the_same_seed(desk: Desk) -> None:
    first, second, other = (
        json.loads(desk.ask("mse-rents", "--seed", seed, "--json")) for seed in ("7", "7", "8")
    )
    assert set(first["variant"]) == VARIANT
    assert first["verdict"] is None
    assert first == second
    assert first["variant"]["given"] != other["variant"]["given"]


def test_ask_grades_an_answer(desk: Desk) -> None:
    given = json.loads(desk.ask("mse-rents", "--seed", "7", "--json"))["variant"]["given"]
    squares = [(a - b) ** 2 for a, b in zip(given["pred"], given["target"], strict=True)]
    right = f"{sum(squares) / len(squares):.3f}"
    mistaken = f"{sum(squares):.3f}"

    good = json.loads(desk.ask("mse-rents", "--seed", "7", "--answer", right, "--json"))
    assert good["verdict"]["outcome"] == "correct"
    assert good["verdict"]["steps"]
    assert good["verdict"]["torch_version"]

    bad = json.loads(desk.ask("mse-rents", "--seed", "7", "--answer", mistaken, "--json"))
    assert bad["verdict"]["outcome"] == "mistake"
    assert [mistake["id"] for mistake in bad["verdict"]["mistakes"]] == ["sum_for_mean"]
    assert bad["verdict"]["mistakes"][0]["says"] == "平均を取らず、合計のままにしている。"

    text = desk.ask("mse-rents", "--seed", "7", "--answer", mistaken)
    assert "誤り: 平均を取らず" in text
    assert "ここで誤った" in text


def test_a_calculated_choice_line_by_line(desk: Desk) -> None:
    words = ("--kind", "calculated_choice", "--limit", "1")
    out = desk.study("nonsense", "1", words=words)
    assert "番号で答える" in out
    assert len(re.findall(r"^[1-4]\. -?\d+\.\d{3}$", out, flags=re.MULTILINE)) == 4
    reasons = re.findall(
        r"^\d\. -?[\d.]+ \((?:正解|不正解)(?:、選んだもの)?\): .+。$", out, re.MULTILINE
    )
    assert len(reasons) == 4
    assert re.search(r"^手順1\. ", out, flags=re.MULTILINE)
    assert ("誤り: " in out) == ("不正解: " in out)
    assert "今日: 1問解答" in out


def test_ask_for_a_calculated_choice(desk: Desk) -> None:
    question = "kl-weather-forecast"
    asked = json.loads(desk.ask(question, "--seed", "3", "--json"))["variant"]
    assert asked["kind"] == "calculated_choice"
    verdicts = {}
    for option in asked["options"]:
        words = (question, "--seed", "3", "--answer", option["label"], "--json")
        verdicts[option["text"]] = json.loads(desk.ask(*words))["verdict"]
    outcomes = sorted(verdict["outcome"] for verdict in verdicts.values())
    assert outcomes == ["correct", "mistake", "mistake", "mistake"]
    for text, verdict in verdicts.items():
        assert (f"{verdict['expected_value']:.3f}" == text) == verdict["right"]
        assert verdict["steps"]
        assert bool(verdict["mistakes"]) != verdict["right"]
    wrong = next(label for label in "1234" if not verdicts[_text(asked, label)]["right"])
    said = desk.ask(question, "--seed", "3", "--answer", wrong, "--lang", "en")
    assert "Mistake: " in said
    assert "This is what the numbers shown give." in said


def test_a_comparison_line_by_line(desk: Desk) -> None:
    out = desk.study("nonsense", "1", words=("--kind", "compare", "--limit", "1"))
    assert "番号で答える" in out
    reasons = re.findall(
        r"^\d\. .+ \((?:正解|不正解)(?:、選んだもの)?\): 値.+。$", out, re.MULTILINE
    )
    assert len(reasons) >= 2
    assert re.search(r"\d [<>=≠] -?\d", reasons[0])
    assert re.search(r"^手順1\. ［1］", out, flags=re.MULTILINE)
    assert "今日: 1問解答" in out


def test_ask_for_a_comparison(desk: Desk) -> None:
    asked = json.loads(desk.ask("compare-kl-directions", "--seed", "3", "--json"))["variant"]
    assert asked["kind"] == "compare"
    assert [option["text"] for option in asked["options"]][-1] == "等しい"
    outcomes = set()
    for option in asked["options"]:
        words = ("compare-kl-directions", "--seed", "3", "--answer", option["label"], "--json")
        verdict = json.loads(desk.ask(*words))["verdict"]
        assert (verdict["expected"] == option["label"]) == verdict["right"]
        assert verdict["steps"]
        outcomes.add(verdict["outcome"])
    assert outcomes == {"correct", "wrong"}
    said = desk.ask("compare-kl-directions", "--seed", "3", "--answer", "1", "--lang", "en")
    assert re.search(r"Its value|values are the same|values differ|others have", said)


@pytest.mark.parametrize("question", ["gradient-mse", "ratio-mse-outlier", "perplexity-two-words"])
def test_ask_for_a_gradient_or_an_expression(desk: Desk, question: str) -> None:
    words = ("--seed", "5", "--json", "--answer")
    wrong = json.loads(desk.ask(question, *words, "123456.789"))["verdict"]
    right = json.loads(desk.ask(question, *words, wrong["expected"]))["verdict"]
    assert (wrong["outcome"], right["outcome"]) == ("wrong", "correct")
    assert right["steps"][-1]["value"] == pytest.approx(right["expected_value"])


def _text(asked: dict[str, list[dict[str, str]]], label: str) -> str:
    return next(option["text"] for option in asked["options"] if option["label"] == label)


def test_ask_records_nothing(desk: Desk) -> None:
    desk.study("1", words=CHOICE)
    desk.ask("mse-rents", "--seed", "7", "--answer", "1", "--json")
    assert desk.reviews() == 1


def test_ask_takes_a_negative_answer(desk: Desk) -> None:
    asked = json.loads(desk.ask("mse-rents", "--answer", "-0.5", "--json"))
    assert asked["verdict"]["value"] == -0.5
