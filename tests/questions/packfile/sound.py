"""A sound pack for the tests to break."""

from __future__ import annotations

SOUND = """\
# 損失のパック
id: losses
title: 損失関数
version: 1.0.0
licence: CC BY 4.0
authors: [山田]
syllabus: G検定 2024
description: 試験用
questions:
  - kind: choice
    id: median
    topic: 13b
    difficulty: basic
    stem: |
      中央値を推定する損失はどれか。
      式は \\frac{a}{b} と {x} を含んでよい。
    explanation: MAE
    source: 統計学
    options:
      - {text: MSE, reason: 平均値}
      - {text: MAE, reason: 中央値, right: true}
      - text: |
          交差エントロピー
        reason: 分類
  - kind: numeric
    id: huber
    topic: 13b
    stem: |
      予測 {pred}、
      正解 {target}、δ = {delta} のHuber損失はいくらか。
    explanation: 差は {pred} − {target}
    hints:
      - "{pred} から引く"
    source: Huber (1964)
    tolerance: {decimals: 3}
    given:
      pred: {sample: uniform, low: 0, high: 3, decimals: 1, size: 3}
      target: {sample: uniform, low: 0, high: 3, decimals: 1, size: 3}
      delta: {sample: fixed, value: 0.3}
    compute:
      loss: huber
      inputs: {pred: $pred, target: $target, delta: $delta}
    mistakes: [sum_for_mean, no_half_in_quadratic]
"""
