"""Packs with planted faults, and the same packs mended.

`«CODE:bad⇒good»` plants `bad`, of which the checker must say CODE at its first character; the
clean twin has `good` there. Several codes are joined by +, none means that the place itself is not
complained of. Without ⇒ the text is in both: `«CODE:»` only says where a finding must stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLANT = re.compile(r"«([A-Z0-9+]*):(.*?)(?:⇒(.*?))?»", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Planted:
    """A pack with faults, its clean twin, and (line, column, code) of what must be found."""

    faulty: str
    clean: str
    expected: tuple[tuple[int, int, str], ...]


def plant(text: str) -> Planted:
    """Read a text with plants."""
    faulty, clean, expected, behind = "", "", [], 0
    for found in _PLANT.finditer(text):
        between = text[behind : found.start()]
        behind = found.end()
        faulty, clean = faulty + between, clean + between
        line = faulty.count("\n") + 1
        column = len(faulty) - faulty.rfind("\n")
        expected += [(line, column, code) for code in found[1].split("+") if code]
        faulty += found[2]
        clean += found[2] if found[3] is None else found[3]
    assert "«" not in text[behind:]
    return Planted(faulty + text[behind:], clean + text[behind:], tuple(sorted(expected)))


def header(pack_id: str) -> str:
    return f"""\
id: {pack_id}
title: 検査の見本
version: 1.0.0
licence: CC BY 4.0
authors: [山田]
syllabus: G検定シラバス2024
description: 検査に使う。
questions:
"""


FORM = """\
id: «P105:Form⇒form»
title: «P106:""⇒形の見本»
version: 1.0.0
«P101:licens: CC BY⇒licence: CC BY»
«P108:»authors: «:[]⇒[山田]»
syllabus: G検定シラバス2024
description: 検査に使う。
language: «P103:jp⇒ja»
questions:
  - kind: choice
    id: first
    topic: «P203:13x⇒13b»
    «P101:dificulty⇒difficulty»: basic
    stem: 外れ値に強い回帰の損失として、最も適切なものを1つ選べ。
    explanation: 誤差の大きさに比例して増えるだけなので、1件の外れ値に引きずられない。
    source: Huber (1964)
    options:
      - {text: 平均二乗誤差, reason: 誤差を2乗するので外れ値が強く効く。}
      - {text: 平均絶対誤差, reason: 勾配の大きさが一定である。, right: true}
      - {text: «P210:平均二乗誤差⇒交差エントロピー», reason: 分類に使う。}
  - kind: choice
    id: «P201:first⇒second»
    topic: 13b
    stem: 損失を小さくする操作の名前として、最も適切なものを1つ選べ。
    explanation: 損失の勾配と逆の向きにパラメータを動かす。
    source: Goodfellow (2016)
    «P112:»options:
      - {text: 最適化, reason: パラメータを動かす。, right: true}
      - {text: 正則化, reason: 罰則を加える。«:, right: true⇒»}
  - «P102:»kind: choice
    id: third
    topic: 13b
    stem: «P104:0.5⇒確率の対数の符号を変えて平均した損失を1つ選べ。»«:⇒
    explanation: 正解クラスの確率が高いほど0に近づく。»
    source: Goodfellow (2016)
    options:
      - {text: 交差エントロピー, reason: 正解クラスの確率の負の対数である。, right: true}
      - {text: ヒンジ損失, reason: スコアの余裕を測る。}
  - kind: «P103:essay⇒true_false»
    id: fourth
    topic: 13b
    stem: 平均二乗誤差は負にならない。
    answer: true
    right_reason: 2乗の平均だから0以上である。
    wrong_reason: 誤差の符号と損失の符号を取り違えている。
    explanation: 0になるのは予測がどれも正解と一致するときに限られる。
    source: Goodfellow (2016)
  - kind: true_false
    id: fifth
    topic: 13b
    stem: 平均絶対誤差は0で微分できる。
    answer: false
    right_reason: 左右の傾きが異なる。
    wrong_reason: «P211:左右の傾きが異なる。⇒滑らかな二乗誤差と取り違えている。»
    explanation: 図を描くと0で折れている。劣勾配を使えば最適化はできる。
    source: Boyd (2004)
  - kind: pick
    id: sixth
    topic: 13b
    stem: 家賃の中央値を予測する。適した損失を1つ選べ。
    answer: «P204:maee⇒mae»
    explanation: 絶対誤差の和を最小にする定数は中央値である。
    source: Koenker (2005)
  - kind: pick
    id: seventh
    topic: 13b
    stem: 家賃の平均を予測する。適した損失を1つ選べ。
    answer: mse
    also_right: [«P212:mse⇒pseudo_huber»]
    explanation: 二乗誤差の和を最小にする定数は平均である。
    source: Koenker (2005)
  - kind: pick
    id: eighth
    topic: 13b
    stem: 画像を1枚ずつ10種類に分ける。適した損失を1つ選べ。
    answer: «P213:»cross_entropy«:
    also_right: [nll, kl_div, softmax_focal, multi_margin, crammer_singer_hinge, bce, bce_with_logits, distribution_cross_entropy, binary_focal]⇒»
    explanation: 種類は互いに排反なのでソフトマックスを使う。
    source: Goodfellow (2016)
  - kind: numeric
    id: ninth
    topic: 13b
    stem: 予測が {pred}、正解が «P226:{taget}⇒{target}» のときの平均二乗誤差を小数第3位まで求めよ。
    explanation: 差を2乗してから平均する。
    source: Goodfellow (2016)
    given:
      pred: {sample: uniform, size: 3, low: 0, high: «P230:-1⇒9»}
      target: {sample: uniform, size: 3, low: 0, high: 9}
    compute: {loss: mse, inputs: {pred: $pred, target: «P223:$tagret⇒$target», «P222:wieght: 1, ⇒»reduction: «P224:none⇒mean»}}
    mistakes: [«P212:sum_for_mean», «P205:root_takn⇒root_taken», «:sum_for_mean⇒halved»]
    tolerance: {decimals: «P110:9⇒3»}
  - kind: numeric
    id: tenth
    topic: 13b
    stem: 予測が {pred} のときの平均絶対誤差を小数第3位まで求めよ。«:⇒正解は {target} である。»
    explanation: 差の絶対値を平均する。
    source: Goodfellow (2016)
    given:
      pred: {sample: uniform, size: 3, low: 0, high: «P111:.inf⇒9»}
      «P227:target»: {sample: uniform, size: 3, low: 0, high: 9}
      «P220+P228:1st: {sample: fixed, value: 1}⇒»
    compute: {loss: mae, inputs: {pred: $pred, target: $target}}
    «P229:tolerance: {atol: 0}
    ⇒»mistakes: [sum_for_mean, squared_instead]
  - kind: numeric
    id: eleventh
    topic: 13c
    stem: 確率が {p}、正解が1のときの二値交差エントロピーを小数第3位まで求めよ。
    explanation: 正解クラスの確率の対数の符号を変える。
    source: Goodfellow (2016)
    given:
      p: {sample: uniform, low: 0.1, high: 0.9, decimals: 2}
    compute:
      loss: bce
      «P221:»inputs: {probs: «P225:p⇒$p»«:⇒, target: 1»}
    mistakes: [base_two]
  - kind: calculated_choice
    id: twelfth
    topic: 13b
    stem: 気温の予測 {pred} と実測 {target} の平均二乗誤差を小数第2位まで求めた値を1つ選べ。
    explanation: 誤差を1つずつ2乗して平均する。
    source: Bishop (2006)
    given:
      pred: {sample: uniform, size: 3, low: 10, high: 20}
      target: {sample: uniform, size: 3, low: 10, high: 20}
    compute: {loss: mse, inputs: {pred: $pred, target: $target}}
    mistakes: [sum_for_mean, root_taken, halved, absolute_instead]
    tolerance: {«P231:atol: 0.1, ⇒»decimals: 2}
  - kind: code
    id: thirteenth
    topic: 13b
    stem: Huber損失の平均を返す関数を完成させよ。
    explanation: 誤差がδを超えると、2乗ではなく傾きδの直線になる。
    source: Huber (1964)
    form: function
    entry: «P240:hubber⇒huber»
    starter: «P241:»|
      def huber(pred, target, delta):
          return ((pred - target) ** 2)«:.clamp(max=delta)⇒».mean()
    solution: |
      «:⇒import torch


      »def huber(pred, target, delta):
          return «:((pred - target) ** 2).clamp(max=delta).mean()⇒torch.nn.functional.huber_loss(pred, target, delta=delta)»
    given:
      x: {sample: uniform, size: 3, low: 0, high: 3, decimals: 3}
      y: {sample: uniform, size: 3, low: 0, high: 3, decimals: 3}
    compute: {loss: huber, inputs: {pred: $x, target: $y, «P243:»delta: «:[1, 2]⇒0.5»}}
    gradient: «P242:prd⇒pred»
    edges:
      - says: 外れ値
        given: {«P244:»x: «:[[1, 2], [3]]⇒[1, 2]», y: [0, 500]}
"""


QUALITY = (
    header("quality")
    + """\
  - kind: choice
    id: long-key
    topic: 13b
    stem: 外れ値に強い回帰の損失を用いる理由として、最も適切なものを1つ選べ。
    explanation: 誤差が10でも100でも勾配は同じ大きさなので、1件の外れ値に引きずられない。
    source: «Q205:教科書⇒Huber (1964)»
    options:
      - {text: «Q102:勾配の大きさが誤差によらず一定であり、少数の極端に外れたデータが更新の向きを支配しないから。⇒勾配の大きさが一定だから。», reason: 絶対誤差の傾きは1か−1である。, right: true}
      - {text: 計算が«Q103:必ず⇒»速く終わるから。, reason: 計算量は二乗誤差と変わらない。}
      - {text: 値が«Q103:常に⇒»0になるから。, reason: «Q203:誤り。⇒予測が正解と一致するときに限られる。»}
      - {text: «Q104:上記のいずれでもない。⇒微分が不要だから。», reason: 傾きは最適化に使う。}
  - kind: choice
    id: negative-unmarked
    topic: 13c
    allow: [«Q501:Q104⇒»]
    stem: |
      交差エントロピーについて述べた次の文のうち、«Q106:不適切⇒適切»なものを1つ選べ。
    explanation: «Q202:省略⇒確率が0.5なら0.693、0.9なら0.105で、自信のある正解ほど小さい。»
    source: Goodfellow (2016)
    options:
      - {text: 値は0以上である。, reason: 確率の対数は0以下である。, right: true}
      - {text: 値は−1以下である。, reason: «Q204:確率の対数は、0以下である⇒符号を変え忘れている»。}
      - {text: «Q105:値は、−1以下。⇒値は1以下である。», reason: 確率が1/eより小さいと1を超える。}
  - kind: choice
    id: negative-marked
    topic: 13c
    «:negative⇒level»: «Q107:true⇒apply»
    stem: 二値分類で確率を出力するモデルに用いる損失として、最も適切なものを1つ選べ。
    explanation: シグモイドの出力を1つの確率とみなし、正解の側の対数をとる。
    source: Bishop (2006)
    options:
      - {text: 二値交差エントロピー, reason: ベルヌーイ分布の負の対数尤度である。, right: true}
      - {text: 平均絶対誤差, reason: 回帰に使う。}
  - kind: true_false
    id: repeated
    topic: 13b
    stem: 誤差の2乗の平均を最小にする定数は、データの平均である。
    answer: true
    right_reason: 微分して0と置くと平均が得られる。
    wrong_reason: «Q203:不適切。⇒中央値と取り違えている。»
    explanation: «Q201:誤差の2乗の平均を最小にする定数は、データの平均。⇒2、3、10なら5で、中央値の3ではない。»
    source: Bishop (2006)
  - kind: true_false
    id: nearly-again
    topic: 13b
    stem: «Q402:誤差の2乗の平均を最小にする定数は、データの平均値である。⇒絶対誤差の平均を最小にする値は中央値だけではないことがある。»
    answer: true
    right_reason: 偶数個なら中央の二つの間のどの値でも同じである。
    wrong_reason: 一つに決まると思い込んでいる。
    explanation: 1と3なら、1から3までのどの値でも絶対誤差の和は2になる。
    source: Koenker (2005)
  - kind: true_false
    id: styles
    topic: 13b
    stem: |
      分布の違いを測る«Q301:KL距離⇒KL情報量»は、二つの分布を入れ替えると値が変わる。
    answer: true
    right_reason: 重みとして掛ける分布が変わるからである。
    wrong_reason: |
      «Q303:»距離の公理を満たすと思い込んで«:います⇒いる»。
    explanation: |
      pが[0.9, 0.1]、qが[«Q302:０.５⇒0.5», 0.5]のときは、二つの向きで0.368と0.511になる。
    source: Kullback (1951)
    hints:
      - 定義に戻って«Q302:ﾍﾞｲｽﾞ⇒»考える。
  - kind: true_false
    id: image
    topic: 13b
    stem: "図 ![損失の形](«P206:missing.png⇒shape.png») の損失は滑らかである。"
    answer: false
    right_reason: 0で折れている。
    wrong_reason: 折れ目を見落としている。
    explanation: «P020:損失 #1の図のように、左右から近づくと傾きが異なる。⇒左右から近づくと傾きが異なる。»
    source: Boyd (2004)
  - kind: numeric
    id: octal
    topic: 13b
    stem: 予測が {pred}、正解が {target} のときの平均二乗誤差を小数第1位まで求めよ。
    explanation: 差を2乗して件数で割る。
    source: Bishop (2006)
    given:
      pred: {sample: integer, size: 3, low: 0, high: «P019:010⇒10»}
      target: {sample: integer, size: 3, low: 0, high: 10}
    compute: {loss: mse, inputs: {pred: $pred, target: $target}}
    mistakes: [sum_for_mean]
    tolerance: {decimals: 1}
"""
)

NUMBERS = (
    header("numbers")
    + """\
  - kind: numeric
    id: outside-the-domain
    topic: 13c
    stem: 確率が {p}、正解が1のときの二値交差エントロピーを小数第3位まで求めよ。
    explanation: 正解の側の確率の対数をとり、符号を変える。
    source: Goodfellow (2016)
    given:
      p: {sample: uniform, low: «:1.1⇒0.1», high: «:2⇒0.9», decimals: 2}
    «N101:»compute: {loss: bce, inputs: {probs: $p, target: 1}}
    mistakes: [base_two]
  - kind: numeric
    id: never-apart
    topic: 13b
    stem: 予測が {pred}、正解が {target} のときの平均二乗誤差を小数第3位まで求めよ。
    explanation: 差を2乗してから平均する。
    source: Bishop (2006)
    given:
      pred: {sample: fixed, value: [2, 3, «:1⇒4»]}
      target: {sample: fixed, value: [1, 2, 0]}
    compute: {loss: mse, inputs: {pred: $pred, target: $target}}
    «N102:»mistakes: [sum_for_mean, root_taken]
  - kind: numeric
    id: too-fine
    topic: 13b
    stem: 予測 {pred}、正解 {target} のときの平均絶対誤差を答えよ。
    explanation: 差の絶対値を平均する。
    source: Bishop (2006)
    given:
      pred: {sample: uniform, size: 3, low: 0, high: 9, decimals: 2}
      target: {sample: uniform, size: 3, low: 0, high: 9, decimals: 2}
    compute: {loss: mae, inputs: {pred: $pred, target: $target}}
    mistakes: [sum_for_mean]
    «N103:»tolerance: {rtol: «:1e-9⇒1e-3»}
  - kind: code
    id: wrong-solution
    topic: 13b
    stem: 平均絶対誤差を返す関数 `mae(pred, target)` を書け。
    explanation: 誤差の絶対値を、例の数で割って平均する。
    source: Bishop (2006)
    form: function
    entry: mae
    starter: |
      def mae(pred, target):
          raise NotImplementedError
    solution: «N201:»|
      def mae(pred, target):
          return (pred - target).abs().«:sum⇒mean»()
    given:
      x: {sample: uniform, size: 3, low: 0, high: 3, decimals: 3}
      y: {sample: uniform, size: 3, low: 0, high: 3, decimals: 3}
    compute: {loss: mae, inputs: {pred: $x, target: $y}}
  - kind: code
    id: nothing-to-repair
    topic: 13c
    stem: 交差エントロピーの値が大きすぎる。`entropy(logits, target)` を直せ。
    explanation: 合計ではなく、例についての平均を返す。
    source: Goodfellow (2016)
    form: function
    entry: entropy
    starter: «N202:»|
      import torch.nn.functional as F


      def entropy(logits, target):
          return F.cross_entropy(logits, target«:⇒, reduction="sum"»)
    solution: |
      import torch.nn.functional as F

      entropy = F.cross_entropy
    given:
      z: {sample: uniform, size: [2, 3], low: -3, high: 3}
      c: {sample: class_index, size: 2, classes: 3}
    compute: {loss: cross_entropy, inputs: {logits: $z, target: $c}}
  - kind: numeric
    id: too-wide
    topic: 13b
    stem: 三つの予測 {pred} と正解 {target} から平均二乗誤差の半分を答えよ。
    explanation: 差を2乗して平均し、2で割る。
    source: Bishop (2006)
    given:
      pred: {sample: uniform, size: 3, low: 0, high: 3}
      target: {sample: uniform, size: 3, low: 0, high: 3}
    compute: {loss: mse, inputs: {pred: $pred, target: $target}}
    mistakes: [halved, root_taken]
    «N104+N105:»tolerance: {atol: «:0.2⇒0.01»}
  - kind: numeric
    id: few-numbers
    topic: 13b
    stem: 予測が {pred} で正解が0である1件のHuber損失を、δ = 2として小数第2位まで答えよ。
    explanation: 2を超える部分は直線になる。
    source: Huber (1964)
    «N106:»given:
      pred: {sample: choice, among: [4, 5«:⇒, 6, 7, 8, 9, 10, 11, 4.5, 5.5, 6.5, 7.5, 8.5»]}
    compute: {loss: huber, inputs: {pred: $pred, target: 0, delta: 2}}
    mistakes: [linear_without_offset]
    tolerance: {decimals: 2}
  - kind: numeric
    id: no-mistake
    topic: 13b
    stem: 予測 {pred} と正解 {target} の差の2乗の平均を、小数第2位まで答えよ。
    explanation: 件数で割るのを忘れない。
    source: Bishop (2006)
    given:
      pred: {sample: uniform, size: 3, low: 0, high: 9}
      target: {sample: uniform, size: 3, low: 0, high: 9}
    compute: {loss: «N107:mse», inputs: {pred: $pred, target: $target}}
    tolerance: {decimals: 2}
    mistakes: [«:⇒sum_for_mean»]
"""
)


COMPUTING = (
    header("computing")
    + """\
  - kind: numeric
    id: slope
    topic: "15"
    stem: 予測 {pred}、正解 {target} の平均二乗誤差を1番目の予測で微分した値を答えよ。
    explanation: 誤差の2倍を件数で割る。
    source: Bishop (2006)
    given:
      pred: {sample: uniform, size: 3, low: 0, high: 9}
      target: {sample: uniform, size: 3, low: 0, high: 9}
    compute:
      loss: mse
      inputs: {pred: $pred, target: $target}
      gradient: {of: «P232:prd⇒pred», at: [0]}
    mistakes: [power_not_brought_down, gradient_reversed]
  - kind: numeric
    id: ratio-of-two
    topic: "10"
    stem: 予測A {one} と予測B {two} の、正解 {target} に対する平均絶対誤差の比を求めよ。
    explanation: 件数は約分されるので、絶対誤差の合計の比でもある。
    source: Bishop (2006)
    given:
      one: {sample: uniform, size: 3, low: 0, high: 9}
      two: {sample: uniform, size: 3, low: 0, high: 9}
      target: {sample: uniform, size: 3, low: 10, high: 19}
    compute:
      expression: «P233:(a / b⇒a / b»
      parts:
        a: {loss: mae, inputs: {pred: $one, target: $target}}
        b: {loss: mae, inputs: {pred: $two, target: $target}}
    mistakes: [squared_instead, operands_swapped]
  - kind: compare
    id: same-sides
    topic: 13b
    stem: 実測値 {target} に対し、予測 {pred} の損失として値が大きいものを1つ選べ。
    explanation: 1を境に2乗は働きを変える。
    source: Bishop (2006)
    given:
      pred: {sample: uniform, size: 3, low: 0, high: 3}
      target: {sample: uniform, size: 3, low: 0, high: 3}
    «P234:»sides:
      - {text: 平均二乗誤差, compute: {loss: mse, inputs: {pred: $pred, target: $target}}}
      - {text: 平均絶対誤差, compute: {loss: «:mse⇒mae», inputs: {pred: $pred, target: $target}}}
  - kind: compare
    id: one-sided
    topic: 13b
    stem: 観測 {target} への当てはまりを、二つの直線の予測 {one} と {two} で比べる。平均絶対誤差の小さいほうを選べ。
    explanation: 誤差が0.5と1.5なら平均は1になる。
    source: Bishop (2006)
    ask: smaller
    given:
      one: {sample: uniform, size: 3, low: 0, high: 3}
      two: {sample: uniform, size: 3, low: «:30⇒0», high: «:33⇒3»}
      target: {sample: uniform, size: 3, low: 0, high: 3}
    sides:
      - {text: 一つ目, compute: {loss: mae, inputs: {pred: $one, target: $target}}}
      - {text: «N108:»二つ目, compute: {loss: mae, inputs: {pred: $two, target: $target}}}
"""
)


def balanced(*, mended: bool) -> str:
    """Twelve statements, most of them true and asking for what is remembered."""
    subjects = ("平均", "中央値", "分散", "標準偏差", "勾配", "尤度", "事前分布", "事後分布")
    subjects += ("期待値", "共分散", "相関", "歪度")
    texts = [header("balance").rstrip("\n")]
    if not mended:
        texts[0] = texts[0].replace("questions:", "«Q401:»questions:")
    for place, subject in enumerate(subjects):
        answer = place % 2 == 0 if mended else place < 9
        mark = "«Q101:»" if place == 0 and not mended else ""
        level = "recall" if place < (3 if mended else 5) else "apply"
        texts.append(
            f"""\
  - kind: true_false
    id: statement-{place}
    topic: "37"
    level: {level}
    stem: 第{place}話では{subject}を計算して{subject}だけで結論を述べる。
    answer: {mark}{"true" if answer else "false"}
    right_reason: {subject}の話の結末を読み返すと分かる。
    wrong_reason: {subject}の話を別の話と混同している。
    explanation: データが3つなら手で確かめられる。{place}を足しても話は変わらない。
    source: 山田 (2020) 第{place}章"""
        )
    return "\n".join(texts) + "\n"


def told_by_length(*, mended: bool) -> str:
    """Thirty-two choices whose key is never the longest option, if not mended."""
    texts = [header("told-by-length").rstrip("\n")]
    if not mended:
        texts[0] = texts[0].replace("questions:", "«Q108:»questions:")
    for place in range(32):
        ranks = 4 if mended else 3
        key = place % ranks
        name = "甲乙丙丁"[place % 4] + "子丑寅卯辰巳午未"[place // 4]
        # From the shortest to the longest.
        options = (f"{name}の値", f"{name}の二量", f"{name}の比の差", f"{name}から見た列")
        rows = "\n".join(
            f"      - {{text: {text}, reason: {text}と{place}の関係による。"
            + (", right: true}" if rank == key else "}")
            for rank, text in enumerate(options)
        )
        texts.append(
            f"""\
  - kind: choice
    id: choice-{place}
    topic: "37"
    level: apply
    stem: 「{name}{place}」の表すものを1つ選べ。
    options:
{rows}
    explanation: 凡例の{place}行目にあるとおり、欄外の注を数えても{key}になる。
    source: 山田 (2020) 第{place}章"""
        )
    return "\n".join(texts) + "\n"


def sizes() -> str:
    """A title that is too long, and a question with ten options."""
    options = "".join(
        f"      - {{text: 選択肢の{subject}, reason: {subject}を説明する。}}\n"
        for subject in "甲乙丙丁戊己庚辛"
    )
    return f"""\
id: sizes
title: «P107:{"長" * 20_001}⇒短い»
version: 1.0.0
licence: CC BY 4.0
authors: [山田]
syllabus: G検定シラバス2024
description: 検査に使う。
questions:
  - kind: choice
    id: ten
    topic: 13b
    stem: 損失を最も小さくする値として、最も適切なものを1つ選べ。
    explanation: 微分して0と置くと平均が得られ、二乗誤差が最も小さくなる。
    source: Bishop (2006)
    «P109:»options:
      - {{text: 平均の値, reason: 二乗誤差を最小にする。, right: true}}
{options}«:      - {{text: 選択肢の癸, reason: 癸を説明する。}}
⇒»"""


# Files that cannot be read as a pack at all. Plants only say where: there is no clean twin.
BROKEN = {
    "control": "id: yaml\ntitle: a«P004:\x07»b\n",
    "empty": "«P005:»",
    "documents": "id: a\n«P006:---\n»id: b\n",
    "syntax": "id: yaml\ntitle: «P010:»[a\n",
    "tab": "id: yaml\nauthors:\n«P011:\t»- a\n",
    "twice": "id: yaml\ntitle: a\n«P012:title»: b\n",
    "key": "id: yaml\n«P013:[a]»: b\n",
    "alias": "id: yaml\ntitle: «P014:*none»\n",
    "tag": "id: yaml\ntitle: «P015:!python a»\n",
    "deep": "id: " + "[" * 29 + "«P016:»[" + "]" * 30 + "\n",
    "many": "a: «P017:&a» [" + "1, " * 999 + "1]\nb: &b [" + "*a, " * 499 + "*a, *a]\n",
    "colon": "id: yaml\ntitle«P018:：»a\nversion: 1.0.0\n",
}
