"""A pack as an author writes it, in parts that tests put together anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

HEAD = """\
id: written
title: 書きかけのパック
version: 1.0.0
licence: CC BY 4.0
authors: [山田]
syllabus: G検定シラバス2024
description: 著者の画面を試す。
questions:
"""
MEAN = """\
  - kind: choice
    id: mean
    topic: 13b
    stem: 二乗誤差の和を最小にする定数として、最も適切なものを1つ選べ。
    explanation: 微分して0と置くと、足して件数で割った値が得られる。
    source: Bishop (2006)
    options:
      - {text: 平均, reason: 微分が0になる。, right: true}
      - {text: 中央値, reason: 絶対誤差の和を最小にする。}
"""
SQUARES = """\
  - kind: numeric
    id: squares
    topic: 13b
    level: apply
    given:
      pred: {sample: uniform, size: 3, low: 7, high: 10, decimals: 1}
      target: {sample: uniform, size: 3, low: 7, high: 10, decimals: 1}
    compute: {loss: mse, inputs: {pred: $pred, target: $target}}
    mistakes: [sum_for_mean, root_taken]
    tolerance: {decimals: 3}
    stem: |
      予測値 {pred}、正解値 {target} の平均二乗誤差を小数第3位まで求めよ。
    explanation: 誤差を二乗して足し、件数で割る。
    source: Bishop (2006)
"""
JUDGED = """\
  - kind: true_false
    id: robust
    topic: 13a
    stem: 平均絶対誤差は平均二乗誤差よりも外れ値の影響を受けにくい。
    answer: true
    right_reason: 誤差に比例するだけである。
    wrong_reason: 二乗すると大きな誤差が強調される。
    explanation: 誤差が10倍なら二乗は100倍になる。
    source: Bishop (2006)
"""
# Read as a learner's terminal must never see it.
HOSTILE = MEAN.replace("二乗誤差の和", "次の[@click=app.quit]押す[/] [b]和").replace(
    "id: mean", "id: hostile"
)

Questions = Sequence[str]
ALL: Questions = (MEAN, SQUARES, JUDGED)


def written(questions: Questions = ALL) -> str:
    """Return the text of a pack."""
    return HEAD + "".join(questions)


def save(file: Path, text: str) -> None:
    """Save as editors do: write beside it, then take its place."""
    beside = file.with_name(f".{file.name}.swp")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)
