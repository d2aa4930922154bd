"""`quizapp pack new`, `build`, `install`, `remove` and `list`, as they are typed."""

from __future__ import annotations

import io
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp import language
from quizapp.cli import main
from quizapp.pack.install import install
from quizapp.problem import Problem
from quizapp.study import open_study
from tests.questions.packfile.sound import SOUND

PACK = SOUND.replace("id: losses", "id: mine")
KEY_MOVED = PACK.replace("reason: 平均値}", "reason: 平均値, right: true}").replace(
    "reason: 中央値, right: true}", "reason: 中央値}"
)


class Shell:
    """Where somebody types commands about one database."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.database = folder / "quiz.db"
        self._capsys = capsys

    def run(self, *words: str, code: int = 0) -> str:
        """Run `pack …` and return what was written, to standard output or to the other one."""
        needs = words[0] in ("install", "remove", "list")
        database = ["--database", str(self.database)] if needs else []
        assert main(["pack", *words, *database]) == code
        said = self._capsys.readouterr()
        return said.err if code else said.out

    def file(self, text: str = PACK, name: str = "mine.yaml") -> str:
        (self.folder / name).write_text(text, encoding="utf-8")
        return str(self.folder / name)

    def learn(self) -> None:
        """Let the learner answer the choice question of the pack, as if it were long ago."""
        with sqlite3.connect(self.database) as connection:
            (learner,) = connection.execute("SELECT id FROM learner").fetchone()
            connection.execute(
                "INSERT INTO card (learner_id, question_id, version, queue, place, topic, kind,"
                " teaching_order, state, stability, difficulty, due_on, last_on, last_at, reviews,"
                " lapses) VALUES (?, 'mine/median', 0, 'review', 1, '13b', 'choice', 1, 'review',"
                " 9, 5, '2020-02-01', '2020-01-01', '2020-01-01 00:00:00', 3, 0)",
                (learner,),
            )

    def reviews(self) -> int:
        """How many answers to the choice question count, once the cards are dealt."""
        study = open_study(database=str(self.database))
        study.session()
        study.close()
        with sqlite3.connect(self.database) as connection:
            (reviews,) = connection.execute(
                "SELECT reviews FROM card WHERE question_id = 'mine/median'"
            ).fetchone()
        return int(reviews)

    def packs(self) -> dict[str, dict[str, object]]:
        return {each["id"]: each for each in json.loads(self.run("list", "--json"))}


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Shell]:
    language.use("ja")
    yield Shell(tmp_path, capsys)
    language.use("ja")


def test_from_nothing_to_an_installed_pack(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shell.folder)
    assert "quizapp pack check My Pack" in shell.run("new", "My Pack")
    assert sorted(os.listdir("My Pack")) == ["examples.yaml", "pack.yaml", "quizpack.schema.json"]
    assert "my-pack-1.0.0.quizpack" in shell.run("build", "My Pack")
    assert "署名はない" in shell.run("verify", "my-pack-1.0.0.quizpack")
    first = shell.run("install", "my-pack-1.0.0.quizpack")
    assert "組み込んだ: my-pack 1.0.0" in first
    assert "変更0" in shell.run("install", "My Pack")  # the same content
    assert shell.packs()["my-pack"]["built_in"] is False
    assert shell.packs()["loss-choice"]["built_in"] is True


def test_nothing_is_overwritten(shell: Shell) -> None:
    shell.run("new", str(shell.folder / "p"))
    before = (shell.folder / "p" / "pack.yaml").read_text(encoding="utf-8")
    assert "pack.yaml" in shell.run("new", str(shell.folder / "p"), code=1)
    assert (shell.folder / "p" / "pack.yaml").read_text(encoding="utf-8") == before
    shell.file("", name="taken")
    assert "taken" in shell.run("new", str(shell.folder / "taken" / "p"), code=1)


def test_building_twice_gives_the_same_bytes(shell: Shell) -> None:
    path = shell.file()
    one, two = shell.folder / "one.quizpack", shell.folder / "two.quizpack"
    shell.run("build", path, "-o", str(one))
    shell.run("build", path, "--output", str(two))
    assert one.read_bytes() == two.read_bytes()
    assert sorted(os.listdir(shell.folder)) == ["mine.yaml", "one.quizpack", "two.quizpack"]


def test_a_broken_pack_is_refused_with_places(shell: Shell) -> None:
    path = shell.file(PACK.replace("kind: choice", "kind: chioce").replace("13b", "99"))
    target = shell.folder / "out.quizpack"
    for words in (["build", path, "-o", str(target)], ["install", path]):
        said = shell.run(*words, code=1)
        assert f"{path}:10:11: " in said
        assert "「choice」ではないか" in said
        assert "誤り2件" in said
    assert not target.exists()
    assert "mine" not in shell.packs()


def test_only_the_first_faults_are_listed(shell: Shell) -> None:
    questions = "".join(f"  - kind: wrong{n}\n" for n in range(50))
    said = shell.run("install", shell.file(PACK + questions), code=1)
    assert len(said.splitlines()) == 22
    assert "ほか30件" in said
    assert "誤り50件" in said


def test_all_or_nothing(shell: Shell) -> None:
    good = shell.file()
    bad = shell.file(PACK.replace("id: mine", "id: Bad"), name="bad.yaml")
    assert "bad.yaml:2:5" in shell.run("install", good, bad, code=1)
    assert "mine" not in shell.packs()
    twin = shell.file(name="twin.yaml")
    assert "id mine のパックが2つ" in shell.run("install", good, twin, code=1)
    assert "mine" not in shell.packs()
    assert "組み込みパックのid" in shell.run(
        "install", good, shell.file(PACK.replace("id: mine", "id: loss-pick"), "p.yaml"), code=1
    )
    assert "mine" not in shell.packs()
    assert "missing.yaml" in shell.run("install", good, "missing.yaml", code=1)
    assert "mine" not in shell.packs()


def test_a_reworded_question_keeps_its_schedule_without_asking(shell: Shell) -> None:
    shell.run("install", shell.file())
    shell.learn()
    said = shell.run(
        "install",
        shell.file(PACK.replace("version: 1.0.0", "version: 1.0.1").replace("はどれか", "を選べ")),
    )
    assert "1.0.1（以前は1.0.0）" in said
    assert "変更1" in said
    assert shell.reviews() == 3


def test_another_key_is_asked_about(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.run("install", shell.file())
    shell.learn()
    monkeypatch.setattr("sys.stdin", io.StringIO())
    changed = shell.file(KEY_MOVED)
    assert "--reset-changed" in shell.run("install", changed, code=1)
    assert "変更1" in shell.run("install", changed, "--keep-history")
    assert shell.reviews() == 3


@pytest.mark.parametrize("word", ["--reset-changed", "--yes"])
def test_another_key_begins_anew(shell: Shell, word: str) -> None:
    shell.run("install", shell.file())
    shell.learn()
    assert "最初から学び直す" in shell.run("install", shell.file(KEY_MOVED), word)
    assert shell.reviews() == 0


def test_another_key_that_nobody_knew_is_not_asked_about(shell: Shell) -> None:
    shell.run("install", shell.file())
    assert "変更1" in shell.run("install", shell.file(KEY_MOVED))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "reviews"), [("r\n", 0), ("K \n", 3), ("\n", None), ("", None)])
def test_what_is_typed_decides(shell: Shell, typed: str, reviews: int | None) -> None:
    shell.run("install", shell.file())
    shell.learn()
    study = open_study(database=str(shell.database))
    written = io.StringIO()
    try:
        if reviews is None:
            with pytest.raises(Problem):
                install(
                    study,
                    [shell.file(KEY_MOVED)],
                    changed="ask",
                    reading=Terminal(typed),
                    writing=written,
                )
        else:
            install(
                study,
                [shell.file(KEY_MOVED)],
                changed="ask",
                reading=Terminal(typed),
                writing=written,
            )
    finally:
        study.close()
    assert "mine/median" in written.getvalue()
    assert shell.reviews() == (3 if reviews is None else reviews)
    with sqlite3.connect(shell.database) as connection:
        (body,) = connection.execute(
            "SELECT body FROM question WHERE id = 'mine/median'"
        ).fetchone()
    assert json.loads(body)["options"][0]["right"] == (reviews is not None)


def test_a_removed_pack_comes_back(shell: Shell) -> None:
    path = shell.file()
    shell.run("install", path)
    assert "2問" in shell.run("remove", "mine")
    assert shell.packs()["mine"]["questions"] == 0
    assert shell.packs()["mine"]["removed_at"] is not None
    assert "外したパック:\n  mine 1.0.0" in shell.run("list")
    assert "というパックはない" in shell.run("remove", "mine", code=1)
    shell.run("install", path)
    assert shell.packs()["mine"]["questions"] == 2


def test_a_built_in_pack_comes_back_by_its_id(shell: Shell) -> None:
    questions = shell.packs()["loss-pick"]["questions"]
    assert "quizapp pack install loss-pick" in shell.run("remove", "loss-pick")
    assert shell.packs()["loss-pick"]["questions"] == 0
    shell.run("install", "loss-pick")
    assert shell.packs()["loss-pick"]["questions"] == questions
    assert "loss-pick" in shell.run("remove", "loss-pik", code=1)  # similar


def test_options_that_contradict_each_other_are_wrong_usage(shell: Shell) -> None:
    shell.run("install", shell.file(), "--keep-history", "--yes", code=2)


def test_the_schema_is_written_in_the_language_that_is_spoken(shell: Shell) -> None:
    assert json.loads(shell.run("schema"))["properties"]["title"]["description"] == "パックの題。"
    english = json.loads(shell.run("schema", "--lang", "en"))
    assert english["properties"]["title"]["description"] == "The title of the pack."


def test_what_was_installed_as_json(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = json.loads(shell.run("install", shell.file(), "--json"))["installed"]
    assert (first["pack"], first["version_before"], first["added"]) == ("mine", None, 2)
    assert (first["signer"], first["signature_fits"]) == (None, None)
    shell.learn()
    monkeypatch.setattr("sys.stdin", Terminal("r\n"))  # JSON asks nobody
    assert "--keep-history" in shell.run("install", shell.file(KEY_MOVED), "--json", code=1)
    told = json.loads(shell.run("install", shell.file(KEY_MOVED), "--json", "--reset-changed"))
    assert (told["answered_before"], told["learnt_anew"]) == (["mine/median"], True)
    assert told["installed"][0]["meaning_changed"] == ["mine/median"]
    shell.run("remove", "loss-pick")
    assert json.loads(shell.run("install", "loss-pick", "--json"))["put_back"] == ["loss-pick"]


def test_images_come_and_go_with_their_pack(shell: Shell) -> None:
    folder = shell.folder / "pictures"
    (folder / "images").mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    for name in ("a.png", "b.png"):
        (folder / "images" / name).write_bytes(name.encode() * 1000)

    def stored() -> dict[str, bytes]:
        with sqlite3.connect(shell.database) as connection:
            return dict(connection.execute("SELECT name, data FROM pack_image"))

    built = str(shell.folder / "p.quizpack")
    shell.run("build", str(folder), "-o", built)
    shell.run("install", built)
    assert stored() == {f"images/{name}.png": f"{name}.png".encode() * 1000 for name in "ab"}
    assert shell.packs()["mine"]["images"] == 2
    (folder / "images" / "a.png").unlink()
    (folder / "images" / "b.png").write_bytes(b"another")
    bad = shell.file(PACK.replace("id: mine", "id: Bad"), name="bad.yaml")
    shell.run("install", str(folder), bad, code=1)
    assert len(stored()) == 2  # a failed install leaves them as they were
    for _twice in range(2):
        shell.run("install", str(folder))
        assert stored() == {"images/b.png": b"another"}
    shell.run("remove", "mine")
    assert stored() == {}
    shell.run("install", built)
    assert len(stored()) == 2


def test_a_mended_key_leads_to_the_rescoring(shell: Shell) -> None:
    shell.run("install", shell.file())
    shell.learn()
    said = shell.run("install", shell.file(KEY_MOVED), "--keep-history")
    assert "quizapp pack rescore mine" in said


def test_what_a_file_is_as_json(shell: Shell) -> None:
    file = str(shell.folder / "u.quizpack")
    built = shell.run("build", shell.file(), "-o", file)
    told = json.loads(shell.run("verify", file, "--json"))
    assert told.pop("content") in built
    assert told == {
        "pack": "mine",
        "version": "1.0.0",
        "title": "損失関数",
        "signer": None,
        "signature_fits": None,
        "is_of_key": None,
    }


def test_keys_sign_and_verify(shell: Shell) -> None:
    pytest.importorskip("cryptography")
    name = str(shell.folder / "me")
    shell.run("keygen", name)
    assert (shell.folder / "me.key").stat().st_mode & 0o777 == 0o600
    assert "me.key" in shell.run("keygen", name, code=1)  # never overwritten
    signed, unsigned = str(shell.folder / "s.quizpack"), str(shell.folder / "u.quizpack")
    path = shell.file()
    shell.run("build", path, "-o", signed, "--sign", f"{name}.key")
    shell.run("build", path, "-o", unsigned)
    assert "me.pub のものである" in shell.run("verify", signed, "--key", f"{name}.pub")
    assert "で署名されている" in shell.run("install", signed)
    told = json.loads(shell.run("verify", signed, "--json", "--key", f"{name}.pub"))
    assert (told["signature_fits"], told["is_of_key"]) == (True, True)
    assert told["signer"] in shell.run("verify", signed)
    assert "署名がない" in shell.run("verify", unsigned, "--key", f"{name}.pub", code=1)
    shell.run("keygen", f"{name}2")
    assert "別の鍵" in shell.run("verify", signed, "--key", f"{name}2.pub", code=1)
    assert "鍵" in shell.run("build", path, "-o", signed, "--sign", path, code=1)


def test_a_calculation_that_cannot_be_asked_is_not_given_out(shell: Shell) -> None:
    wide = PACK.replace("tolerance: {decimals: 3}", "tolerance: {atol: 500, rtol: 0}")
    assert wide != PACK
    said = shell.run("build", shell.file(wide), "-o", str(shell.folder / "wide.quizpack"), code=1)
    assert "N102" in said
    assert not (shell.folder / "wide.quizpack").exists()
