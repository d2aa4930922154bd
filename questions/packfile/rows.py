"""What is wrong with the places that a question leaves to be filled, and with what fills them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from losses.text import Text
from questions.gaps import gap_names, mark
from questions.model import BlankQuestion, MatchQuestion, OrderQuestion
from questions.packfile.complaint import Complaint
from questions.packfile.problems import quoted
from questions.packfile.translate import close_to
from questions.packfile.tree import Path

_MOST_LABELS = 9  # one key each
_REMOVE = Text("削除する。", "Remove it.")


def order_complaints(question: OrderQuestion) -> Iterator[Complaint]:
    """Yield what is wrong with the items."""
    texts = (item.text for item in question.items)
    yield from _repeated(
        ((("items", place, "text"), text) for place, text in enumerate(texts)),
        Text("項目", "item"),
        Text(
            "項目は互いに異なるものにする。同じものには順序がない。",
            "Items must differ: equal ones have no order.",
        ),
    )


def match_complaints(question: MatchQuestion) -> Iterator[Complaint]:
    """Yield what is wrong with the left sides, the right sides and the decoys."""
    lefts = (pair.left for pair in question.pairs)
    yield from _repeated(
        ((("pairs", place, "left"), left) for place, left in enumerate(lefts)),
        Text("左側", "left side"),
        Text("左側は互いに異なるものにする。", "Left sides must differ."),
    )
    rights = [pair.right for pair in question.pairs]
    if len(set(rights)) == 1:
        yield Complaint(
            ("pairs",),
            Text("右側がすべて同じ文である。", "All right sides are the same."),
            Text("少なくとも2通りにする。", "There must be at least two."),
        )
    seen: set[str] = set()
    for place, decoy in enumerate(question.extra):
        if decoy.text in rights:
            yield Complaint(
                ("extra", place, "text"),
                Text(
                    f"{rights.index(decoy.text) + 1}番目の組の右側と同じ文であり、誤りにならない。",
                    f"It is the right side of pair {rights.index(decoy.text) + 1}, "
                    "so it would not be wrong.",
                ),
                _REMOVE,
            )
        elif decoy.text in seen:
            yield Complaint(
                ("extra", place, "text"),
                Text("前のextraと同じ文である。", "An earlier extra has the same text."),
                _REMOVE,
            )
        seen.add(decoy.text)
    count = len(set(rights) if question.reuse else rights) + len(question.extra)
    if count > _MOST_LABELS:
        yield Complaint(
            ("extra",),
            Text(
                f"選べる右側が{count}個ある（{_MOST_LABELS}個まで）。",
                f"There are {count} right sides to choose from (at most {_MOST_LABELS}).",
            ),
            Text("extraを減らす。", "Use fewer extra ones."),
        )


def blank_complaints(question: BlankQuestion) -> Iterator[Complaint]:
    """Yield what is wrong with the gaps of the passage and with what fills them."""
    names = gap_names(question.stem)
    if question.gaps:
        yield from _misnamed(question.gaps, names, ("gaps",))
        if set(question.gaps) <= set(names):  # a misspelt name explains what is missing
            yield from _not_filled(question, tuple(question.gaps))
        for name, gap in question.gaps.items():
            texts = enumerate(option.text for option in gap.options)
            yield from _repeated(
                ((("gaps", name, "options", place, "text"), text) for place, text in texts),
                Text("選択肢", "option"),
                Text("選択肢は互いに異なるものにする。", "Options must differ."),
            )
    else:
        if not names:
            yield _no_gaps()
        yield from _combinations(question, names)
    yield from _unknown_marks(question, names)


def _combinations(question: BlankQuestion, names: tuple[str, ...]) -> Iterator[Complaint]:
    for place, combination in enumerate(question.combinations):
        path: Path = ("combinations", place, "values")
        yield from _misnamed(combination.values, names, path)
        misspelt = not set(combination.values) <= set(names)  # explains what is missing
        for name in names:
            if name not in combination.values and not misspelt:
                yield Complaint(
                    path,
                    Text(f"空欄「{name}」の値がない。", f"The gap '{name}' has no value."),
                    Text(f"「{name}: 値」を書く。", f"Write '{name}: value'."),
                )
        earlier = [other.values for other in question.combinations[:place]]
        if combination.values in earlier:
            yield Complaint(
                path,
                Text(
                    f"組合せ{earlier.index(combination.values) + 1}と同じである。",
                    f"The values are those of combination {earlier.index(combination.values) + 1}.",
                ),
                Text("組合せは互いに異なるものにする。", "Combinations must differ."),
            )


def _misnamed(named: Iterable[str], names: tuple[str, ...], path: Path) -> Iterator[Complaint]:
    """Yield a complaint for each name that the stem has no gap of."""
    for name in named:
        if name in names:
            continue
        if gap_names(mark(name)) != (name,):
            yield Complaint(
                (*path, name),
                Text(
                    f"「{quoted(name)}」は空欄の名前に使えない。",
                    f"'{quoted(name)}' cannot be the name of a gap.",
                ),
                Text(
                    "文字と数字だけの8文字以内にする（例: ア）。",
                    "Use at most 8 letters and digits, such as A.",
                ),
                at_key=True,
            )
        else:
            yield Complaint(
                (*path, name),
                Text(f"空欄「{name}」が問題文にない。", f"The stem has no gap called '{name}'."),
                Text(f"問題文に {mark(name)} と書く。", f"Write {mark(name)} in the stem."),
                at_key=True,
            )


def _not_filled(question: BlankQuestion, known: tuple[str, ...]) -> Iterator[Complaint]:
    """Yield a complaint for each gap of the stem that nothing fills."""
    for name in gap_names(question.stem):
        if name not in known:
            yield Complaint(
                ("stem",),
                Text(
                    f"空欄「{name}」の選択肢がgapsにない。",
                    f"The gap '{name}' has no options in gaps.",
                ),
                close_to(name, known),
                mark(name),
            )


def _no_gaps() -> Complaint:
    return Complaint(
        ("stem",),
        Text("問題文に空欄がない。", "The stem has no gap."),
        Text(f"空欄は {mark('ア')} のように書く。", f"Write a gap as {mark('A')}."),
    )


def _unknown_marks(question: BlankQuestion, names: tuple[str, ...]) -> Iterator[Complaint]:
    texts: list[tuple[Path, str]] = [(("explanation",), question.explanation)]
    texts += [(("hints", place), hint) for place, hint in enumerate(question.hints)]
    for path, text in texts:
        for name in gap_names(text):
            if name not in names:
                yield Complaint(
                    path,
                    Text(
                        f"{mark(name)} にあたる空欄が問題文にない。",
                        f"The stem has no gap {mark(name)}.",
                    ),
                    close_to(name, names),
                    mark(name),
                )


def _repeated(texts: Iterable[tuple[Path, str]], what: Text, hint: Text) -> Iterator[Complaint]:
    """Yield a complaint for each text that stood before."""
    first: dict[str, int] = {}
    for place, (path, text) in enumerate(texts, start=1):
        if text in first:
            yield Complaint(
                path,
                Text(
                    f"{what.ja}{first[text]}と同じ文である。",
                    f"The text is that of {what.en} {first[text]}.",
                ),
                hint,
            )
        first.setdefault(text, place)
