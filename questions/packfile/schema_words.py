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
    "allow": Text(
        "pack checkの警告のうち、確かめたうえで出さないもののコード（例: Q104）。誤りは消せない。",
        "Codes of warnings of pack check that you have looked at, such as Q104. Errors stay.",
    ),
    "negative": Text(
        "最も不適切なものを選ばせるときにtrue。",
        "true where the least suitable option is asked for.",
    ),
    "options": Text(
        "選択肢。順序は出題のたびに変わる。", "The options; shown in another order each time."
    ),
    "text": Text("文。選択肢では、選択肢の文。", "The text, as it is shown."),
    "reason": Text("なぜ正しいか、または誤りか。", "Why it is right or wrong."),
    "right": Text(
        "正解の選択肢にtrueと書く。対応の問題では、左に対応する右。",
        "true for an option that is right; of a pair, what belongs to the left side.",
    ),
    "answer": Text("正解。", "The right answer."),
    "accept": Text(
        "正解とする用語。最初のものが正解として示される。",
        "The terms that are right; the first one is shown as the answer.",
    ),
    "rejected": Text(
        "取り違えやすい語と、それが誤りである理由。",
        "Words that are taken for the term, and why they are not.",
    ),
    "back": Text("カードの裏。", "The back of the card."),
    "both": Text(
        "裏から表も出題するときにtrue。", "true where the back is asked for its front, too."
    ),
    "passage": Text("問題文の上に示す本文。", "A text shown above the question."),
    "supplement": Text(
        "ほかのパックの問題がすべて済んでから出題するときにtrue。",
        "true where the questions come after those of all other packs.",
    ),
    "translates": Text(
        "このパックが訳しているパックのid。問題のidも同じにする。",
        "The pack of which this is a translation; its questions keep the ids they have there.",
    ),
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
    "gradient": Text(
        "損失の値ではなく、その勾配の1つの成分を問うときに書く。コード問題では、勾配を比べる引数。",
        "Where a component of the gradient is asked for, not the value of the loss. Of a program: "
        "the argument whose gradient is compared.",
    ),
    "of": Text("どの引数で微分するか。", "The argument that it is differentiated by."),
    "at": Text(
        "引数のどの成分か。0から数える。[1] は2番目、[0, 1] は1行目の2列目。",
        "Which of its numbers, counted from 0: [1] in a list, [0, 1] in a matrix.",
    ),
    "expression": Text(
        "partsの値から計算する式（例: a / b、(a - b) / a、exp(a)）。",
        "What is computed from the parts: a / b, (a - b) / a, exp(a).",
    ),
    "parts": Text(
        "式に現れる値。名前は英字だけ。", "The values of the expression, by names of letters only."
    ),
    "name": Text("途中の計算で示す呼び名。", "What the worked steps call it."),
    "sides": Text("比べるものを2つから4つ。", "What is compared: two to four."),
    "ask": Text(
        "larger: 値が最も大きいもの。smaller: 最も小さいもの。",
        "larger or smaller: which of the values is asked for.",
    ),
    "equal": Text(
        "「等しい」も選択肢に加えるときにtrue。",
        "true to offer that all the values are the same, which may then be right.",
    ),
    "margin": Text(
        "正解の値とほかの値が、大きいほうの何割以上違えばよいか（0.05なら5%）。",
        "By which part of the larger value the right one differs at least: 0.05 for 5%.",
    ),
    "tolerance": Text("どこまで合えば正解とするか。", "When a number counts as right."),
    "decimals": Text(
        "小数第何位まで示すか、または答えさせるか。", "How many decimals are shown or asked for."
    ),
    "percent": Text(
        "パーセントで答えさせるときにtrue。", "true where the answer is wanted in percent."
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
    "items": Text("並べるもの。正しい順に書く。", "What is put in order, in the right one."),
    "pairs": Text("左と、それに対応する右。", "Left sides and what belongs to them."),
    "left": Text("左に示すもの。", "What is shown on the left."),
    "extra": Text("どの左とも組にならない右。", "Right sides that belong to no left side."),
    "reuse": Text(
        "同じ右を何度も選べるときにtrue。", "true where a right side may be chosen several times."
    ),
    "gaps": Text("穴の名前と、その選択肢。", "The gaps by name, each with its options."),
    "combinations": Text(
        "すべての穴を一度に埋める組み合わせ。gapsの代わりに書く。",
        "Ways to fill all gaps at once, instead of gaps.",
    ),
    "values": Text("穴の名前と、そこに入る語。", "What goes into each gap, by name."),
    "form": Text("関数か、nn.Moduleのクラスか。", "A function or a class, an nn.Module."),
    "entry": Text("呼び出される関数やクラスの名前。", "The name of the function or class."),
    "starter": Text("最初に示すプログラム。", "The program that is shown at first."),
    "solution": Text("正しいプログラム。解答後に示す。", "A right program, shown afterwards."),
    "columns": Text(
        "形を (n, 1) にして渡す引数。", "Vectors that the program is given as columns, (n, 1)."
    ),
    "hidden": Text(
        "損失には渡すが、プログラムには渡さないもの。",
        "Options that the loss is given and the program is not.",
    ),
    "edges": Text("引いた数では出会いにくい入力。", "Inputs that draws hardly meet."),
    "says": Text("その入力のどこが特別か。", "What is particular about the input."),
    "value": Text(
        "値。fixedではいつも同じ値、textではその文が表す値。",
        "The value: always the same, or what a text stands for.",
    ),
    "step": Text("隣の値との差。", "From one value to the next."),
    "first": Text("最初の数。0か1。", "The first number: 0 or 1."),
    "near": Text(
        "この名前のgivenの枠と重なるように引く。",
        "The given whose boxes these share an area with.",
    ),
}

# By the word that chooses one of several forms: a kind of question, a way of drawing.
FORMS: Mapping[str, Text] = {
    "kind: choice": Text("1つを選ぶ問題。", "One best answer."),
    "kind: multiple": Text("正解が複数ある問題。", "Several right answers."),
    "kind: true_false": Text("正誤を判断する問題。", "A statement to be judged."),
    "kind: pick": Text("場面に合う損失を選ぶ問題。", "A scenario for which a loss is picked."),
    "kind: term": Text("用語を入力する問題。", "A term to be typed."),
    "kind: card": Text("表と裏のある単語カード。", "A flashcard."),
    "kind: case": Text("1つの本文についての数問。", "Several questions about one passage."),
    "kind: numeric": Text("計算して数値を入力する問題。", "A number to be computed and typed."),
    "kind: calculated_choice": Text(
        "計算して4つの値から選ぶ問題。", "A number to be computed and found among four."
    ),
    "kind: order": Text("正しい順に並べる問題。", "Things to be put in order."),
    "kind: match": Text("対応を答える問題。", "Pairs to be found."),
    "kind: blank": Text("穴埋めの問題。", "Gaps to be filled."),
    "kind: code": Text(
        "プログラムを書く、または直す問題。", "A program to be written or repaired."
    ),
    "kind: compare": Text(
        "値が大きい（小さい）ものを選ぶ問題。", "Which of several values is larger or smaller."
    ),
    "sample: uniform": Text("lowからhighまでの小数。", "Numbers from low to high."),
    "sample: integer": Text("lowからhighまでの整数。", "Whole numbers from low to high."),
    "sample: choice": Text("並べた数のうちの1つ。", "One of the numbers listed."),
    "sample: probs": Text("合計が1の確率。", "Probabilities that add up to 1."),
    "sample: labels01": Text("0か1のラベル。", "Labels 0 or 1."),
    "sample: labels_pm1": Text("−1か1のラベル。", "Labels −1 or 1."),
    "sample: class_index": Text("クラスの番号。", "A class number."),
    "sample: grid": Text("lowから始まり、stepずつ離れた数。", "Numbers from low on, a step apart."),
    "sample: one_hot": Text("1つだけが1で、ほかは0。", "One 1, and 0 elsewhere."),
    "sample: logits": Text(
        "ロジット。同じ行に等しい数はない。", "Logits; no two of a row are equal."
    ),
    "sample: permutation": Text(
        "1からsizeまで（または0から）を並べ替えたもの。",
        "The numbers from 1 (or 0) on, in random order.",
    ),
    "sample: boxes": Text("枠 [x1, y1, x2, y2]。", "Boxes [x1, y1, x2, y2]."),
    "sample: masks": Text("0と1の画素。", "Pixels 0 or 1."),
    "sample: text": Text("並べた文のうちの1つ。", "One of the texts listed."),
    "sample: fixed": Text("いつも同じ数。", "Always the same."),
}
