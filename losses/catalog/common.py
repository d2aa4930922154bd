"""Mistakes that several losses share; each loss says at which step it is made."""

from __future__ import annotations

from losses.catalog.info import MistakeInfo
from losses.text import Text


def mistake(
    mistake_id: str, says: tuple[str, str], remedy: tuple[str, str], *, at: str = "terms"
) -> MistakeInfo:
    """Write a mistake briefly: what was done and how to mend it, each in Japanese and English."""
    return MistakeInfo(id=mistake_id, says=Text(*says), remedy=Text(*remedy), departs_at=at)


_ELEMENTS = Text("要素数", "the number of elements")
EXAMPLES = Text("例の数", "the number of examples")


def sum_for_mean(departs_at: str = "mean", *, divisor: Text = _ELEMENTS) -> MistakeInfo:
    """The terms are added up but not divided by their number."""
    return MistakeInfo(
        id="sum_for_mean",
        says=Text(
            "平均を取らず、合計のままにしている。",
            "The terms were summed but not averaged.",
        ),
        remedy=Text(
            f"最後に{divisor.ja}で割る。PyTorchの既定は reduction='mean' である。",
            f"Divide by {divisor.en}; PyTorch's default is reduction='mean'.",
        ),
        departs_at=departs_at,
    )


def broadcast(departs_at: str) -> MistakeInfo:
    """A column against a row: every prediction meets every target."""
    return MistakeInfo(
        id="broadcast",
        says=Text(
            "形が(n, 1)と(n,)のまま計算し、すべての予測とすべての正解を組み合わせたn²個の値を平均している。",
            "Shapes (n, 1) and (n,) were combined, which pairs every prediction with every target "
            "and averages n² values.",
        ),
        remedy=Text(
            "予測と正解の形をそろえる（squeeze や view）。同じ番号どうしだけを比べる。",
            "Give both the same shape (squeeze or view): only values of the same index are compared.",
        ),
        departs_at=departs_at,
    )


def base_two(departs_at: str = "terms") -> MistakeInfo:
    """Binary logarithms where natural ones are meant."""
    return MistakeInfo(
        id="base_two",
        says=Text(
            "自然対数ではなく、底が2の対数で計算している。",
            "Logarithms to base 2 were taken instead of natural ones.",
        ),
        remedy=Text(
            "PyTorchの損失は自然対数を使う。底が2の値に ln 2 ≈ 0.693 を掛けると一致する。",
            "Losses in PyTorch use natural logarithms; multiply the base-2 value by "
            "ln 2 ≈ 0.693 to get them.",
        ),
        departs_at=departs_at,
    )
