"""Topics a question can belong to: items of the G検定 syllabus 2024 (v1.4), item 13 in parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from losses.text import Text


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its syllabus item and its name."""

    id: str
    item: int | None  # None: beyond the syllabus
    name: Text


_ALL = (
    Topic("13a", 13, Text("誤差関数の役割", "Role of loss functions")),
    Topic("13b", 13, Text("平均二乗誤差と回帰の損失", "MSE and losses for regression")),
    Topic("13c", 13, Text("交差エントロピー", "Cross-entropy")),
    Topic("13d", 13, Text("カルバック・ライブラー情報量", "Kullback–Leibler divergence")),
    Topic("13e", 13, Text("Contrastive LossとTriplet Loss", "Contrastive and triplet loss")),
    Topic("7", 7, Text("教師あり学習", "Supervised learning")),
    Topic("10", 10, Text("モデルの選択・評価", "Model selection and evaluation")),
    Topic("12", 12, Text("活性化関数", "Activation functions")),
    Topic("14", 14, Text("正則化", "Regularisation")),
    Topic("15", 15, Text("誤差逆伝播法", "Backpropagation")),
    Topic("16", 16, Text("最適化手法", "Optimisation")),
    Topic("24", 24, Text("オートエンコーダ", "Autoencoders")),
    Topic("26", 26, Text("画像認識", "Image recognition")),
    Topic("27", 27, Text("自然言語処理", "Natural language processing")),
    Topic("28", 28, Text("音声処理", "Speech processing")),
    Topic("29", 29, Text("深層強化学習", "Deep reinforcement learning")),
    Topic("30", 30, Text("データ生成", "Data generation")),
    Topic("31", 31, Text("転移学習・ファインチューニング", "Transfer learning")),
    Topic("32", 32, Text("マルチモーダル", "Multimodal models")),
    Topic("34", 34, Text("モデルの軽量化", "Model compression")),
    Topic("37", 37, Text("AIに必要な数理・統計知識", "Mathematics and statistics")),
    Topic("beyond", None, Text("発展", "Beyond the syllabus")),
)

TOPICS: Mapping[str, Topic] = {topic.id: topic for topic in _ALL}
