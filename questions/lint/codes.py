"""Every code of a finding and what it stands for. A code never changes its meaning.

P0: the file and its YAML. P1: the form of a pack. P2: what a question says of losses, givens and
other questions. N: what computing the numbers shows. Q: quality, for the author to judge.
"""

from __future__ import annotations

from collections.abc import Mapping

from losses.text import Text

CODES: Mapping[str, Text] = {
    # ---- the file and its YAML
    "P001": Text("ファイルを読めない", "the file cannot be read"),
    "P002": Text("ファイルが大きすぎる", "the file is too large"),
    "P003": Text("UTF-8でない", "not UTF-8"),
    "P004": Text("制御文字がある", "a control character"),
    "P005": Text("ファイルが空である", "the file is empty"),
    "P006": Text("一つのファイルに複数の文書がある", "several documents in one file"),
    "P007": Text("フォルダーにpack.yamlがない", "a folder without pack.yaml"),
    "P008": Text("フォルダーにあるべきでないファイル", "a file that does not belong in a pack"),
    "P010": Text("YAMLとして読めない", "not valid YAML"),
    "P011": Text("字下げにタブがある", "a tab used for indentation"),
    "P012": Text("項目が重複している", "a key appears twice"),
    "P013": Text("項目名に使えないもの", "something that cannot be a key"),
    "P014": Text("別名の元がない", "an alias without an anchor"),
    "P015": Text("使えないタグ", "a tag that is not allowed"),
    "P016": Text("入れ子が深すぎる", "nested too deeply"),
    "P017": Text("値や項目が多すぎる", "too many values or items"),
    "P018": Text("項目名の後が全角の「：」である", "a full-width colon after a key"),
    "P019": Text("0で始まる整数", "a whole number that starts with 0"),
    "P020": Text("文章が「 #」で切れている", "a text cut off by ' #'"),
    "P030": Text(".quizpackを読めない", "a .quizpack that cannot be read"),
    "P031": Text(".quizpackの中に使えない名前がある", "a name that a .quizpack must not have"),
    "P032": Text("展開すると大きすぎる", "too large once unpacked"),
    "P033": Text("中身が目録と合わない", "contents that are not those of the manifest"),
    "P034": Text("署名が合わない", "a signature that does not fit"),
    # ---- the form of a pack
    "P101": Text("知らない項目", "an unknown key"),
    "P102": Text("必要な項目がない", "a missing key"),
    "P103": Text("選べない語", "a word that is not among the choices"),
    "P104": Text("値の型が違う", "a value of the wrong type"),
    "P105": Text("idや版の形でない", "not the form of an id or a version"),
    "P106": Text("空の文字列", "an empty text"),
    "P107": Text("長すぎる文字列", "a text that is too long"),
    "P108": Text("個数が足りない", "too few items"),
    "P109": Text("個数が多すぎる", "too many items"),
    "P110": Text("範囲の外の数", "a number out of range"),
    "P111": Text("有限でない数", "a number that is not finite"),
    "P112": Text("正解の選択肢の数が合わない", "the wrong number of right options"),
    "P199": Text("そのほかの形や内容の誤り", "another fault of form or content"),
    # ---- what a question says
    "P201": Text("問題のidが重複している", "two questions of one id"),
    "P202": Text("パックのidが重複している", "two packs of one id"),
    "P203": Text("topicがない", "an unknown topic"),
    "P204": Text("損失がない", "an unknown loss"),
    "P205": Text("誤りが登録されていない", "an unknown mistake"),
    "P206": Text("画像がない", "a missing image"),
    "P210": Text("同じ選択肢", "two options of one text"),
    "P211": Text("正誤の理由が同じ", "one reason for both judgements"),
    "P212": Text("同じ損失や誤りが2回挙げられている", "a loss or mistake named twice"),
    "P213": Text("誤りの選択肢が足りない", "too few wrong options"),
    "P220": Text("givenの名前に使えない", "not a name for a given"),
    "P221": Text("損失の入力が足りない", "a missing input of the loss"),
    "P222": Text("損失にない入力", "an input that the loss does not have"),
    "P223": Text("$名前 にあたるgivenがない", "$name without a given"),
    "P224": Text("一つの数にならないreduction", "a reduction that does not give one number"),
    "P225": Text("数でない入力", "an input that is no number"),
    "P226": Text("{名前} にあたるgivenがない", "{name} without a given"),
    "P227": Text("計算に使う数が示されていない", "a number that is used but not shown"),
    "P228": Text("使われていないgiven", "a given that is not used"),
    "P229": Text("許容誤差が0である", "a tolerance of 0"),
    "P230": Text("数を引けない", "a given that cannot be drawn"),
    "P231": Text("選択肢には使えない許容誤差", "a tolerance that options cannot have"),
    "P232": Text("求められない勾配", "a gradient that cannot be taken"),
    "P233": Text("計算できない式", "an expression that cannot be computed"),
    "P234": Text("比べるものが同じ計算である", "sides that compute the same"),
    "P240": Text("solutionにentryの定義がない", "a solution that does not define the entry"),
    "P241": Text("starterがsolutionと同じである", "a starter that is the solution"),
    "P242": Text(
        "損失のテンソルやオプションの名前でない", "not such a tensor or option of the loss"
    ),
    "P243": Text("一つの数でないオプション", "an option that is not a single number"),
    "P244": Text("行の長さがそろっていない", "rows of different lengths"),
    # ---- numbers
    "N101": Text("計算できない", "the numbers cannot be computed"),
    "N102": Text("誤りを見分けられない", "mistakes cannot be told apart"),
    "N103": Text("許容誤差が細かすぎる", "a tolerance finer than float32 and float64 agree"),
    "N104": Text("許容誤差が広すぎる", "a tolerance that swallows mistakes"),
    "N105": Text("答えの有効数字が足りない", "a tolerance that is a large part of the value"),
    "N106": Text("数の組がほとんど変わらない", "hardly any different numbers"),
    "N107": Text("登録した誤りが一度も起こらない", "no known mistake is ever possible"),
    "N108": Text("一度も正解にならない選択肢がある", "an option that is never right"),
    "N201": Text("solutionが正しくない", "a solution that is not right"),
    "N202": Text("starterがすでに正しい", "a starter that is right already"),
    # ---- quality
    "Q101": Text("正解の位置が偏っている", "the key is mostly in one place"),
    "Q102": Text("正解だけが長い", "the key stands out by its length"),
    "Q103": Text("断定的な語が誤りの選択肢だけにある", "absolute words in false options only"),
    "Q104": Text("「上記すべて」「該当なし」", "'all of the above', 'none of the above'"),
    "Q105": Text("選択肢の意味が重なる", "options that say the same"),
    "Q106": Text("否定の問いにnegativeがない", "a negative stem that is not marked"),
    "Q107": Text("否定でない問いにnegativeがある", "a stem marked negative that is not"),
    "Q108": Text("正解の長さが偏っている", "the keys of a pack are told by their length"),
    "Q201": Text("解説が問題文の繰り返しである", "an explanation that repeats the stem"),
    "Q202": Text("解説に中身がない", "an explanation that says nothing"),
    "Q203": Text("選択肢に固有の理由がない", "an option without a reason of its own"),
    "Q204": Text("同じ理由が2回使われている", "one reason for two options"),
    "Q205": Text("出典に中身がない", "a source that names nothing"),
    "Q301": Text("退けられた用語", "a term that is rejected"),
    "Q302": Text("全角と半角が混ざっている", "full-width and half-width mixed"),
    "Q303": Text("文体が混ざっている", "plain and polite style mixed"),
    "Q401": Text("暗記を問う問題が多い", "too many questions of recall"),
    "Q402": Text("似た問題文がある", "two stems that are nearly the same"),
    "Q501": Text("allowにあるが出ていない警告", "a warning in allow that does not occur"),
}

# Findings that leave the pack usable.
WARNINGS = frozenset(
    code
    for code in CODES
    if code.startswith("Q")
    or code in ("P019", "P020", "N103", "N104", "N105", "N106", "N107", "N108")
)
