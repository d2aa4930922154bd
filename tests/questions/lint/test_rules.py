"""What each rule of quality complains of, and what looks like it but is right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.lint import duplicates, explaining, length, overlap, position, style, terms, wording
from questions.lint.images import image_complaints
from questions.lint.normal_form import grams, likeness, normal_form
from questions.lint.prose import sentences
from questions.lint.rule import Item, Sheet
from questions.model import (
    ChoiceQuestion,
    MultipleQuestion,
    NumericQuestion,
    PickQuestion,
    Question,
    TrueFalseQuestion,
)
from questions.packfile import Survey
from tests.questions.examples import numeric


def choice(
    *options: str, stem: str = "最も適切なものを1つ選べ。", right: int = 0, **more: object
) -> ChoiceQuestion:
    fields: dict[str, object] = {
        "kind": "choice",
        "id": "q",
        "topic": "13b",
        "stem": stem,
        "explanation": "差を2乗してから平均するので、外れ値が強く効く。",
        "source": "Bishop (2006)",
        "options": tuple(
            {"text": text, "reason": f"{place}番の事情による。", "right": place == right}
            for place, text in enumerate(options or ("平均", "中央値"))
        ),
    }
    return ChoiceQuestion.model_validate(fields | more)


def statement(stem: str, **more: object) -> TrueFalseQuestion:
    fields: dict[str, object] = {
        "kind": "true_false",
        "id": "q",
        "topic": "13b",
        "stem": stem,
        "answer": True,
        "right_reason": "定義から分かる。",
        "wrong_reason": "別の損失と取り違えている。",
        "explanation": "図を描いて確かめるとよい。",
        "source": "Bishop (2006)",
    }
    return TrueFalseQuestion.model_validate(fields | more)


def items(questions: Sequence[Question]) -> list[Item]:
    sheet = Sheet("p.yaml", Survey("", None, None, (), ()))
    return [Item(sheet, ("questions", place), question) for place, question in enumerate(questions)]


LONG = "勾配の大きさが誤差によらず一定であり、外れ値に引きずられにくいから。"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (choice(LONG, "速いから。", "値が小さいから。"), True),
        (choice(LONG, LONG[:-1] + "のである。", "値が小さいから。"), False),  # another is as long
        (choice("速いから。", LONG, "値が小さいから。"), False),  # a wrong one is
        (choice("二値交差エントロピー", "平均二乗誤差"), False),  # terms have their length
        (choice(LONG, LONG[:20], LONG[:24]), False),  # 1.6 times or less
    ],
)
def test_the_longest_option(question: Question, found: bool) -> None:
    assert [each.code for each in length.length_complaints(question)] == ["Q102"] * found


def lengths(longest: int, shortest: int, middle: int, *, alike: int = 0) -> list[Question]:
    """Questions whose key is the longest, the shortest, in the middle; and of one length."""
    texts = ("あああ", "いい", "うう", "え")
    keys = [0] * longest + [3] * shortest + [1] * middle
    of_one_length = choice("あ", "い", "う", "え")
    return [*(choice(*texts, right=key) for key in keys), *[of_one_length] * alike]


@pytest.mark.parametrize(
    ("questions", "found"),
    [
        (lengths(8, 8, 16), []),
        (lengths(0, 8, 24), [("longest", "0%")]),
        (lengths(8, 0, 24), [("shortest", "0%")]),
        (lengths(2, 8, 22), [("longest", "6%")]),
        (lengths(16, 8, 8), [("longest", "50%")]),
        (lengths(12, 8, 12), []),  # leans, as chance may
        (lengths(2, 15, 15), [("longest", "6%"), ("shortest", "47%")]),
        (lengths(0, 3, 7, alike=90), []),  # too few are told by their length
        (lengths(0, 4, 12, alike=14), [("longest", "0%")]),
        (lengths(0, 8, 21), []),  # too few questions
        ([*lengths(0, 8, 21), numeric()], []),  # others are not counted
        ([choice("あああ", "いい", right=place % 2) for place in range(30)], []),  # half is fair
        (lengths(0, 0, 0, alike=30), []),
    ],
)
def test_keys_told_by_their_length(questions: list[Question], found: list[tuple[str, str]]) -> None:
    complaints = list(length.length_rank_complaints(items(questions)))
    assert [each.code for each in complaints] == ["Q108"] * len(found)
    for each, (end, share) in zip(complaints, found, strict=True):
        assert f"is the {end}" in each.message.en
        assert f"({share})" in each.message.en


ABSOLUTES = [
    ("必ず収束する。", "収束しやすい。", "必ず"),
    ("常に0になる。", "0になることがある。", "常に"),
    ("決して負にならない。", "負になる。", "決して"),
    ("いかなる場合も凸である。", "凸である。", "いかなる場合"),
    ("すべての場合に凸である。", "凸である。", "すべての場合に"),
    ("絶対に使わない。", "使わない。", "絶対に"),
    ("It always converges.", "It may converge.", "always"),
    # terms and quantities are no absolutes
    ("絶対値をとる。", "2乗する。", None),
    ("平均絶対誤差", "平均二乗誤差", None),
    ("すべてのクラスの確率を足す。", "最大の確率をとる。", None),
    ("全体を割る。", "件数で割る。", None),
    # as absolute as the key
    ("必ず収束する。", "必ず発散する。", None),
]


@pytest.mark.parametrize(("wrong", "right", "word"), ABSOLUTES)
def test_absolute_words(wrong: str, right: str, word: str | None) -> None:
    found = list(wording.absolute_complaints(choice(right, wrong)))
    assert [(each.path, each.words) for each in found] == (
        [(("options", 1, "text"), word)] if word else []
    )
    # In a negative question the key is what is false.
    negative = choice(wrong, right, stem="不適切なものを1つ選べ。", negative=True)
    found = list(wording.absolute_complaints(negative))
    assert [each.path for each in found] == ([("options", 0, "text")] if word else [])


@pytest.mark.parametrize(
    ("option", "found"),
    [
        ("上記すべて", True),
        ("上記のすべて", True),
        ("上記のいずれでもない。", True),
        ("以上のどれでもない", True),
        ("すべて正しい。", True),
        ("いずれも正しくない", True),
        ("該当なし", True),
        ("該当するものはない", True),
        ("これらのすべて", True),
        ("All of the above", True),
        ("None of these.", True),
        ("すべてのデータで勾配を計算する。", False),
        ("上記の損失を最小にする。", False),
        ("いずれのクラスにも同じ重みを付ける。", False),
        ("どれも同じ重みで足す。", False),
        ("正解クラスの確率", False),
    ],
)
def test_options_that_speak_of_the_others(option: str, found: bool) -> None:
    complaints = list(wording.referring_complaints(choice("平均", option)))
    assert [each.code for each in complaints] == ["Q104"] * found


@pytest.mark.parametrize(
    ("stem", "asks_for_what_is_wrong"),
    [
        ("最も不適切なものを1つ選べ。", True),
        ("適切でないものを1つ選べ。", True),
        ("誤っているものを1つ選べ。", True),
        ("誤っている説明はどれか。", True),
        ("誤りを含む文を1つ選べ。", True),
        ("正しくない説明はどれか。", True),
        ("当てはまらないものを選べ。", True),
        ("損失関数ではないものを1つ選べ。", True),
        ("Which of these is not a loss?", True),
        ("最も適切なものを1つ選べ。", False),
        ("誤っているラベルが混ざったデータがある。適した損失を1つ選べ。", False),
        ("予測が誤りである確率を表すものはどれか。", False),
        ("負にならない損失はどれか。", False),
        ("誤差を2乗する損失はどれか。", False),
    ],
)
def test_negative_stems(stem: str, asks_for_what_is_wrong: bool) -> None:
    for negative in (False, True):
        found = list(wording.negative_complaints(choice(stem=stem, negative=negative)))
        if negative == asks_for_what_is_wrong:
            assert found == []
        else:
            assert [each.code for each in found] == ["Q107" if negative else "Q106"]


OVERLAPS = [
    ("ＭＳＥを最小化する。", "MSEを最小化する", True),
    ("予測と正解の差", "予測、正解の差", True),
    ("コンピューター", "コンピュータ", True),
    ("「平均」である。", "平均", True),
    ("-1以下", "−1 以下", True),
    ("平均二乗誤差（MSE）", "平均二乗誤差 mse", True),
    ("0.5倍", "05倍", False),
    ("-1以下", "1以下", False),
    ("x²", "x2", False),
    ("(a + b)·c", "a + (b·c)", False),
    ("予測から正解を引く", "正解から予測を引く", False),
    ("1,5", "15", False),
    ("PからQへのKL", "QからPへのKL", False),
]


@pytest.mark.parametrize(("one", "other", "same"), OVERLAPS)
def test_options_that_say_the_same(one: str, other: str, same: bool) -> None:
    found = list(overlap.overlap_complaints(choice(one, "まったく別の選択肢", other)))
    assert [each.path for each in found] == [("options", 2, "text")] * same


@given(st.text(max_size=60))
def test_the_normal_form_is_its_own(text: str) -> None:
    assert isinstance(normal_form(text), str)
    assert likeness(grams(text), grams(text)) == (1.0 if normal_form(text) else 0.0)


STEM = "誤差の2乗の平均を最小にする定数として、最も適切なものを1つ選べ。"


@pytest.mark.parametrize(
    ("explanation", "code"),
    [
        ("誤差の2乗の平均を最小にする定数は、平均である。", "Q201"),
        ("省略", "Q202"),
        ("なし。", "Q202"),
        ("TODO", "Q202"),
        ("正しい。", "Q202"),
        ("—", "Q202"),
        ("微分して0と置くと、足して件数で割った値が得られる。", None),
        ("平均。2、3、10なら5である。", None),
        ("MAE", None),  # too short to be a repetition
    ],
)
def test_explanations(explanation: str, code: str | None) -> None:
    question = choice("平均", "中央値", stem=STEM, explanation=explanation)
    found = list(explaining.explanation_complaints(question))
    assert [each.code for each in found] == ([code] if code else [])


@pytest.mark.parametrize(
    ("reasons", "codes"),
    [
        (("0で折れている。", "滑らかである。"), []),
        (("0で折れている。", "0で、折れている"), ["Q204"]),
        (("正解である。", "誤り。"), ["Q203", "Q203"]),
        (("0で折れている。", "これは誤っている。"), ["Q203"]),
        (("中央値である。", "平均"), ["Q203"]),  # the second only repeats its option
        (("正解ラベルを使う。", "誤りを数える。"), []),
    ],
)
def test_reasons(reasons: tuple[str, str], codes: list[str]) -> None:
    options = tuple(
        {"text": text, "reason": reason, "right": place == 0}
        for place, (text, reason) in enumerate(zip(("MAE", "平均"), reasons, strict=True))
    )
    found = list(explaining.reason_complaints(choice(options=options)))
    assert [each.code for each in found] == codes


def test_reasons_of_every_kind() -> None:
    pick = PickQuestion.model_validate(
        {
            "kind": "pick",
            "id": "q",
            "topic": "13b",
            "stem": "家賃の中央値を予測する。適した損失を1つ選べ。",
            "explanation": "絶対誤差の和を最小にするのは中央値である。",
            "source": "Koenker (2005)",
            "answer": "mae",
            "reason": "正しい。",
            "distractors": ({"loss": "mse", "reason": "誤り。"},),
        }
    )
    paths = [each.path for each in explaining.reason_complaints(pick)]
    assert paths == [("reason",), ("distractors", 0, "reason")]
    assert [
        each.path for each in explaining.reason_complaints(statement("x", wrong_reason="誤り"))
    ] == [("wrong_reason",)]
    assert list(explaining.reason_complaints(numeric())) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("なし", True),
        ("不明", True),
        ("教科書", True),
        ("Web", True),
        ("ＷＥＢ", True),
        ("自作", True),
        ("?", True),
        ("Huber (1964)", False),
        ("G検定シラバス2024 項目13", False),
        ("教科書（Bishop 2006、第3章）", False),
        ("PyTorch documentation", False),
    ],
)
def test_sources(source: str, found: bool) -> None:
    complaints = list(explaining.source_complaints(choice(source=source)))
    assert [each.code for each in complaints] == ["Q205"] * found


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        ("KL距離を最小にする。", ["KL距離"]),
        ("ハブ損失を用いる。", ["ハブ損失"]),
        ("交叉熵とMRR損失を比べる。", ["交叉熵", "MRR損失"]),
        ("KL情報量を最小にする。", []),
        ("ApproxMRR損失を用いる。", []),  # has MRR損失 in it
        ("対数双曲線余弦損失を用いる。", []),  # has 対数双曲線 in it
        ("KL距離とも書かれるが、距離ではない。", []),  # says so itself
        ("コントラスト損失を用いる。", ["コントラスト損失"]),
    ],
)
def test_rejected_terms(stem: str, words: list[str]) -> None:
    assert [each.words for each in terms.term_complaints(statement(stem))] == words
    assert [each.words for each in terms.term_complaints(choice("平均", stem))] == []
    assert [each.words for each in terms.term_complaints(choice(stem, "平均"))] == words


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        ("値は０.５と0.5の間にある。", ["０"]),
        ("ＭＳＥとMAEを比べる。", ["ＭＳＥ"]),
        ("ﾃﾞｰﾀを集める。", ["ﾃﾞｰﾀ"]),
        ("MSEとMAE、0.5。", []),
        ("値は０．５と１の間にある。", []),  # full-width throughout
        ("（MSE）を、最小にする。", []),  # Japanese punctuation is full-width
    ],
)
def test_widths(stem: str, words: list[str]) -> None:
    question = statement(stem, source="x")
    assert [each.words for each in style.width_complaints(question)] == words


@pytest.mark.parametrize(
    ("sentence", "style_of"),
    [
        ("平均です。", "polite"),
        ("平均になります。", "polite"),
        ("平均ではありません。", "polite"),
        ("次から選んでください。", "polite"),
        ("平均でしょうか。", "polite"),
        ("平均である。", "plain"),
        ("平均を求める。", "plain"),
        ("平均は負にならない。", "plain"),
        ("平均だった。", "plain"),
        ("外れ値に弱い。", "plain"),
        ("最も適切なものを1つ選べ。", None),
        ("値はいくらか。", None),
        ("平均二乗誤差", None),
        ("「平均です」", None),
        ("$x$", None),
    ],
)
def test_styles_of_speech(sentence: str, style_of: str | None) -> None:
    plain = [statement(f"損失は{n}を下回る。") for n in range(5)]
    polite_pack = [
        statement(
            f"損失は{n}を下回ります。",
            right_reason="定義から分かります。",
            wrong_reason="取り違えています。",
            explanation="図で確かめます。",
        )
        for n in range(5)
    ]
    odd_one = choice(
        "平均", "中央値", stem=sentence, explanation="前者", hints=(), source="x", options=_BARE
    )
    in_plain = list(style.register_complaints(items([*plain, odd_one])))
    in_polite = list(style.register_complaints(items([*polite_pack, odd_one])))
    expected = ("questions", 5, "stem")
    assert [each.path for each in in_plain] == [expected] * (style_of == "polite")
    assert [each.path for each in in_polite] == [expected] * (style_of == "plain")


_BARE = (
    {"text": "平均", "reason": "前者", "right": True},
    {"text": "中央値", "reason": "後者"},
)

ASKED = "教師あり学習における{}の説明として、最も適切なものを1つ選べ。"


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (statement("誤差の2乗の平均は負にならない値である。"), None, True),
        (statement("誤差の2乗の平均は、負にならない値です。"), None, True),
        (statement("絶対値の平均は滑らかな関数である。"), None, False),
        (choice("回帰に使う。", "x", stem=ASKED.format("損失")), "回帰に使う。", True),
        # the same words asked of something else
        (choice("回帰に使う。", "x", stem=ASKED.format("損失")), "分類だけで用いる。", False),
    ],
)
def test_stems_that_are_nearly_the_same(one: Question, other: str | None, found: bool) -> None:
    earlier: Question = statement("誤差の2乗の平均は負にならない値である。")
    if other is not None:
        earlier = choice(other, "y", stem=ASKED.format("損失"))
    complaints = list(duplicates.duplicate_complaints(items([earlier, one])))
    assert [(item.base[-1], each.code) for item, each in complaints] == [(1, "Q402")] * found


def test_numbers_to_be_computed_are_alike_only_for_one_loss() -> None:
    one = numeric()
    other = NumericQuestion.model_validate(
        one.model_dump() | {"id": "other", "compute": {"loss": "mae", "inputs": {}}}
    )
    assert list(duplicates.duplicate_complaints(items([one, other]))) == []
    same = NumericQuestion.model_validate(one.model_dump() | {"id": "other"})
    assert len(list(duplicates.duplicate_complaints(items([one, same])))) == 1


@given(st.lists(st.text(alphabet="あいうえ", min_size=3, max_size=12), max_size=12))
def test_the_search_for_pairs_misses_none(texts: list[str]) -> None:
    sets = [grams(text) for text in texts]
    everywhere = {
        (later, earlier)
        for later in range(len(sets))
        for earlier in range(later)
        if likeness(sets[later], sets[earlier]) >= 0.8
    }
    assert {(later, earlier) for later, earlier, _ in duplicates._pairs(sets)} == everywhere


@pytest.mark.parametrize(
    ("name", "found"),
    [("here.png", False), ("sub/here.png", False), ("gone.png", True), ("../out.png", True)],
)
def test_images(name: str, found: bool, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    (folder / "sub").mkdir(parents=True)
    for file in ("pack/here.png", "pack/sub/here.png", "out.png"):
        (tmp_path / file).touch()
    complaints = list(image_complaints(statement(f"図 ![図]({name}) を見る。"), folder))
    assert [each.words for each in complaints] == [name] * found


def test_questions_without_options_have_no_faults_of_options() -> None:
    rules = (length.length_complaints, overlap.overlap_complaints, wording.absolute_complaints)
    for question in (numeric(), statement("常に正しい。")):
        assert [each for rule in rules for each in rule(question)] == []


def test_several_right_options_are_compared_together() -> None:
    question = MultipleQuestion.model_validate(
        {
            "kind": "multiple",
            "id": "q",
            "topic": "13b",
            "stem": "適切なものをすべて選べ。",
            "explanation": "図で確かめる。",
            "source": "Bishop (2006)",
            "options": (
                {"text": LONG, "reason": "a", "right": True},
                {"text": "b" + LONG, "reason": "b", "right": True},
                {"text": "速い。", "reason": "c"},
            ),
        }
    )
    assert [each.code for each in length.length_complaints(question)] == ["Q102"]


@pytest.mark.parametrize(
    ("ranks", "found"),
    [
        ([(25, 25, 25, 25), (25, 25, 25, 25)], False),
        ([(40, 20, 20, 20), (20, 40, 20, 20)], False),  # each leans, the pack does not
        ([(40, 20, 20, 20), (40, 20, 20, 20)], True),
        ([(32, 23, 23, 22), (32, 22, 23, 23)], False),  # may be chance
        ([(0, 0, 0, 100), (25, 25, 25, 25)], True),
        ([(0, 0, 0, 20)], False),  # too few to tell
        ([], False),
    ],
)
def test_keys_of_one_size(ranks: list[tuple[int, ...]], found: bool) -> None:
    ranked = list(zip(items([numeric(id=f"n{n}") for n in range(len(ranks))]), ranks, strict=True))
    complaints = list(position.rank_complaints(ranked))
    assert [each.code for each in complaints] == ["Q101"] * found
    if found:  # at the question that leans most
        assert complaints[0].path[1] == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is 0.5. Choose one.", ["It is 0.5.", "Choose one."]),
        (
            "Costs fall, e.g. by 2 % a year. So choose",
            ["Costs fall, e.g. by 2 % a year.", "So choose"],
        ),
        ("値は0.5である。選べ。", ["値は0.5である。", "選べ。"]),
        ("一行目\n二行目。", ["一行目", "二行目。"]),
    ],
)
def test_sentences_of_both_languages(text: str, found: list[str]) -> None:
    assert list(sentences(text)) == found


def test_what_a_scenario_says_is_not_what_is_asked() -> None:
    stem = "The output is not a probability. Choose the most appropriate loss."
    assert list(wording.negative_complaints(choice(stem=stem))) == []
    asked = choice(stem="The output is a probability. Choose the loss that is not suitable.")
    assert [each.code for each in wording.negative_complaints(asked)] == ["Q106"]
