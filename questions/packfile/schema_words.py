"""What an editor says of the keys of a pack while somebody writes it."""

from __future__ import annotations

from collections.abc import Mapping

from losses.text import Text

# By the name of the key, wherever it stands.
KEYS: Mapping[str, Text] = {
    "id": Text(
        "半角の英小文字と数字をハイフンでつなぐ。配った後は変えない: 学習の記録がこのidに付く。",
        "Lower-case letters, digits and hyphens. Keep it once given out: the history belongs to it.",
    ),
    "title": Text("パックの題。", "The title of the pack."),
    "version": Text(
        "パックの版。1.0.0 の形で、引用符で囲む。", "The version of the pack: 1.0.0, in quotes."
    ),
    "language": Text("文章の言語。", "The language of the text."),
    "licence": Text("どの条件で配るか（例: CC BY 4.0）。", "On which terms it is given out."),
    "authors": Text("作者の名前のリスト。", "The names of the authors."),
    "syllabus": Text("沿っているシラバスとその版。", "The syllabus it follows, and its version."),
    "description": Text("何を学ぶためのパックか。", "What can be learnt with the pack."),
    "questions": Text("問題のリスト。", "The questions."),
    "kind": Text(
        "問題の種類。ほかに何を書くかが決まる。", "The kind; the other keys follow from it."
    ),
    "topic": Text("シラバスの項目。", "The topic of the syllabus."),
    "scope": Text(
        "exam: 試験の範囲。beyond: それを超える。",
        "exam: part of the exam; beyond: more than that.",
    ),
    "difficulty": Text("難しさ。易しいものから出題される。", "Easier ones are met first."),
    "level": Text(
        "何ができれば解けるか: 思い出す、理解する、使う、分析する。",
        "What it takes: to recall, to understand, to apply or to analyse.",
    ),
    "stem": Text(
        "問題文。| の後に改行して書けば、記号をそのまま書ける。{名前} にはgivenの数が入る。",
        "The question. After | on new lines nothing needs escaping. {name} shows a given.",
    ),
    "explanation": Text("解答後に示す解説。", "Shown after the answer."),
    "source": Text("出典。", "Where it is written."),
    "hints": Text("求めに応じて1つずつ示すヒント。", "Hints, shown one by one on request."),
    "tags": Text("自由に付けられる印。", "Marks of your own."),
    "negative": Text(
        "最も不適切なものを選ばせるときにtrue。",
        "true where the least suitable option is asked for.",
    ),
    "options": Text(
        "選択肢。順序は出題のたびに変わる。", "The options; shown in another order each time."
    ),
    "text": Text("選択肢の文。", "What the option says."),
    "reason": Text("なぜ正しいか、または誤りか。", "Why it is right or wrong."),
    "right": Text("正解の選択肢にtrueと書く。", "true for an option that is right."),
    "answer": Text("正解。", "The right answer."),
    "right_reason": Text("正しい判断に添える理由。", "Shown with the judgement that is right."),
    "wrong_reason": Text("誤った判断に添える理由。", "Shown with the judgement that is wrong."),
    "also_right": Text(
        "場面に合うので、誤りの選択肢に使わない損失。",
        "Losses that would fit too and are never offered as wrong.",
    ),
    "distractors": Text(
        "誤りの選択肢にする損失。3つに足りない分は一覧から補われる。",
        "Losses offered as wrong; the catalogue adds to them up to three.",
    ),
    "loss": Text("損失のid（quizapp losses で一覧）。", "The id of a loss: see quizapp losses."),
    "given": Text(
        "問題文に出る数と、その引き方。名前は英字で始める。",
        "The numbers of the question and how they are drawn, by names that start with a letter.",
    ),
    "compute": Text("正解として計算するもの。", "What is computed as the right answer."),
    "inputs": Text(
        "損失の引数。$名前 はgivenの数、それ以外は書いたとおりの値。",
        "The arguments of the loss: $name for a given, anything else as it is.",
    ),
    "tolerance": Text("どこまで合えば正解とするか。", "When a number counts as right."),
    "decimals": Text(
        "小数第何位まで示すか、または答えさせるか。", "How many decimals are shown or asked for."
    ),
    "atol": Text("絶対許容誤差。", "The absolute tolerance."),
    "rtol": Text("相対許容誤差。", "The relative tolerance."),
    "mistakes": Text(
        "見分ける誤りのid（quizapp losses 損失 で一覧）。省くとすべて。",
        "Ids of the mistakes to be recognised (quizapp losses LOSS); all of them if left out.",
    ),
    "sample": Text("数の引き方。", "How it is drawn."),
    "size": Text(
        "数の個数。省くと1つの数、[行数, 列数] で表。",
        "How many: left out, one number; [rows, columns] for a matrix.",
    ),
    "low": Text("最小の値。", "The smallest value."),
    "high": Text("最大の値。", "The largest value."),
    "among": Text("このうちの1つが選ばれる。", "One of these is drawn."),
    "floor": Text("現れてよい最小の確率。", "The smallest probability that may appear."),
    "classes": Text("クラスの数。番号は0から始まる。", "How many classes; numbers start with 0."),
    "value": Text("いつも同じ値。", "The value, always the same."),
}

# By the word that chooses one of several forms: a kind of question, a way of drawing.
FORMS: Mapping[str, Text] = {
    "kind: choice": Text("1つを選ぶ問題。", "One best answer."),
    "kind: multiple": Text("正解が複数ある問題。", "Several right answers."),
    "kind: true_false": Text("正誤を判断する問題。", "A statement to be judged."),
    "kind: pick": Text("場面に合う損失を選ぶ問題。", "A scenario for which a loss is picked."),
    "kind: numeric": Text("計算して数値を入力する問題。", "A number to be computed and typed."),
    "kind: calculated_choice": Text(
        "計算して4つの値から選ぶ問題。", "A number to be computed and found among four."
    ),
    "sample: uniform": Text("lowからhighまでの小数。", "Numbers from low to high."),
    "sample: integer": Text("lowからhighまでの整数。", "Whole numbers from low to high."),
    "sample: choice": Text("並べた数のうちの1つ。", "One of the numbers listed."),
    "sample: probs": Text("合計が1の確率。", "Probabilities that add up to 1."),
    "sample: labels01": Text("0か1のラベル。", "Labels 0 or 1."),
    "sample: labels_pm1": Text("−1か1のラベル。", "Labels −1 or 1."),
    "sample: class_index": Text("クラスの番号。", "A class number."),
    "sample: fixed": Text("いつも同じ数。", "Always the same."),
}
