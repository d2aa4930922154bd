"""What the models refuse, in words for an author, at the place in the file.

Pydantic's own sentences are never shown: they are English only and speak of Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import islice

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from losses.text import Text
from questions import model
from questions.packfile.problems import GENERAL, Problem, dotted, quoted
from questions.packfile.schema_words import KEYS
from questions.packfile.tree import ListNode, MapNode, Mark, Node, Path, ScalarNode, walk

_SAMPLERS: Mapping[str, type[BaseModel]] = {
    "uniform": model.Uniform,
    "integer": model.Integer,
    "grid": model.Grid,
    "choice": model.Choice,
    "probs": model.Probs,
    "labels01": model.Labels,
    "labels_pm1": model.Labels,
    "class_index": model.ClassIndex,
    "one_hot": model.OneHot,
    "logits": model.Logits,
    "permutation": model.Permutation,
    "boxes": model.Boxes,
    "masks": model.Masks,
    "text": model.Phrases,
    "fixed": model.Fixed,
}
_KINDS: Mapping[str, type[BaseModel]] = {
    "choice": model.ChoiceQuestion,
    "multiple": model.MultipleQuestion,
    "true_false": model.TrueFalseQuestion,
    "pick": model.PickQuestion,
    "term": model.TermQuestion,
    "card": model.CardQuestion,
    "order": model.OrderQuestion,
    "match": model.MatchQuestion,
    "blank": model.BlankQuestion,
    "numeric": model.NumericQuestion,
    "calculated_choice": model.CalculatedChoiceQuestion,
    "compare": model.CompareQuestion,
    "code": model.CodeQuestion,
}
_MOST_NAMES = 120  # that may stand at a place, in a hint
_ENTRIES: Mapping[str, type[BaseModel]] = {**_KINDS, "case": model.CaseQuestion}
_WORDS: Mapping[str, tuple[str, ...]] = {
    "kind": tuple(_KINDS),
    "sample": tuple(_SAMPLERS),
    "scope": ("exam", "beyond"),
    "difficulty": ("basic", "standard", "advanced"),
    "form": ("function", "module"),
    "level": ("recall", "understand", "apply", "analyse"),
    "language": ("ja", "en"),
    "first": ("0", "1"),
    "ask": ("larger", "smaller"),
}
_PATTERNS: Mapping[str, Text] = {
    "id": Text(
        "半角の英小文字と数字をハイフンでつなぐ（例: huber-small-error）。",
        "Join lower-case letters and digits with hyphens (huber-small-error).",
    ),
    "version": Text("1.0.0 の形で書く。", "Write it as 1.0.0."),
    "entry": Text(
        "Pythonの名前にする（例: focal_loss、FocalLoss）。",
        "Write a Python name (focal_loss, FocalLoss).",
    ),
}
# What pydantic calls a fault -> its code.
_CODES: Mapping[str, str] = {
    "extra_forbidden": "P101",
    "missing": "P102",
    "no_term": "P102",
    "union_tag_not_found": "P102",
    "union_tag_invalid": "P103",
    "literal_error": "P103",
    "string_pattern_mismatch": "P105",
    "string_too_short": "P106",
    "string_too_long": "P107",
    "id_too_long": "P107",
    "too_short": "P108",
    "too_long": "P109",
    "greater_than_equal": "P110",
    "less_than_equal": "P110",
    "greater_than": "P110",
    "less_than": "P110",
    "finite_number": "P111",
    "one_right_option": "P112",
    "several_right_options": "P112",
    **dict.fromkeys(("string_type", "int_type", "float_type", "bool_type"), "P104"),
    **dict.fromkeys(("tuple_type", "dict_type", "model_type", "model_attributes_type"), "P104"),
}

# What other formats write for true and false.
_BOOLEANS = {"yes": "true", "on": "true", "no": "false", "off": "false"}


def problems_of(error: ValidationError, root: Node, base: Path) -> Iterator[Problem]:
    """Yield one problem for each place that the models refuse below `base`."""
    seen: set[Path] = set()
    details = error.errors(include_url=False, include_context=True)
    places = [_path(root, base, detail) for detail in details]
    for detail, path in zip(details, places, strict=True):
        if path in seen:
            continue
        # Lists count only their sound items: "too few" next to a broken item says nothing.
        if detail["type"] == "too_short" and any(
            len(other) > len(path) and other[: len(path)] == path for other in places
        ):
            continue
        if detail["type"] == "missing" and _is_misspelt(root, path, places):
            continue  # reported as an unknown key
        seen.add(path)
        yield _problem(detail, root, path)


def _is_misspelt(root: Node, path: Path, places: Iterable[Path]) -> bool:
    """Whether one of the complaints is about an unknown key close to the missing one."""
    _, parent = place(root, path[:-1])
    siblings = parent.entries if isinstance(parent, MapNode) else {}
    return any(
        other[:-1] == path[:-1]
        and other[-1] in siblings
        and get_close_matches(str(other[-1]), [str(path[-1])], n=1, cutoff=0.6)
        for other in places
        if other and other != path
    )


def _path(root: Node, base: Path, detail: ErrorDetails) -> Path:
    """Return the path in the file: without the names that pydantic gives to alternatives."""
    found = tuple(part for part, _, _ in walk(root, (*base, *detail["loc"])))
    relative = found[len(base) :]
    if "compute" in relative and "inputs" in relative:
        relative = relative[: relative.index("inputs") + 2]
        found = (*base, *relative)
    match relative:
        # Alternatives (a number, a list, rows) each complain on their own: speak of the whole.
        case ("given", name, ("size" | "value") as field_name, *_):
            return (*base, "given", name, field_name)
        case ("given", name, "among", int() as item, "value", *_):
            return (*base, "given", name, "among", item, "value")
        case ("edges", int() as place_of_edge, "given", name, *_):
            return (*base, "edges", place_of_edge, "given", name)
    if detail["type"] == "missing":
        return (*found, detail["loc"][-1])
    if detail["type"] in ("one_right_option", "several_right_options"):
        return (*found, "options")
    if detail["type"] == "no_term":
        return (*found, "loss")
    if detail["type"] == "id_too_long":
        return (*found, "id")
    if detail["type"] == "gaps_or_combinations":
        _, question = place(root, found)
        both = isinstance(question, MapNode) and "gaps" in question.entries
        return (*found, "combinations" if both else "gaps")
    if detail["type"] == "one_right_combination":
        return (*found, "combinations")
    if detail["type"] in ("union_tag_invalid", "union_tag_not_found"):
        context = detail.get("ctx", {})
        return (*found, str(context.get("discriminator", "")).strip("'"))
    return found


def _problem(detail: ErrorDetails, root: Node, path: Path) -> Problem:
    mark, node = place(root, path)
    if detail["type"] == "extra_forbidden":
        mark = key_mark(root, path)
        message, hint = _unknown_key(str(path[-1]), _keys_at(root, path[:-1]))
    else:
        message, hint = _words(detail, path, node)
    code = _CODES.get(detail["type"], GENERAL)
    return Problem(mark.line, mark.column, dotted(path), message, hint, code)


def place(root: Node, path: Path) -> tuple[Mark, Node | None]:
    """Return where a path is in the file, and what stands there.

    That is the place of a scalar, of the key of anything else (or of nothing at all), and of the key of the mapping that
    should hold what is missing (the node is None then).
    """
    mark, node, found = root.mark, root, 0
    for _, mark, node in walk(root, path):  # noqa: B007 - the last ones are meant
        found += 1
    if found < len(path):
        return mark, None
    is_there = isinstance(node, ScalarNode) and (node.written or node.value is not None)
    return (node.mark if is_there else mark), node


def key_mark(root: Node, path: Path) -> Mark:
    """Return the place of the key that a path ends with."""
    return [root.mark, *(mark for _, mark, _ in walk(root, path))][-1]


def close_to(word: str, known: Iterable[str]) -> Text | None:
    """Return "did you mean", or None when nothing is close."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    if not close:
        return None
    return Text(f"「{close[0]}」ではないか。", f"Did you mean '{close[0]}'?")


def one_of(known: Iterable[str]) -> Text:
    """Return the list of what may stand at a place."""
    names = (*islice(known, _MOST_NAMES + 1),)
    if len(names) > _MOST_NAMES:
        names = (*names[:_MOST_NAMES], "…")
    return Text(f"使えるのは {'、'.join(names)}。", f"Use one of {', '.join(names)}.")


def _unknown_key(key: str, known: tuple[str, ...]) -> tuple[Text, Text | None]:
    if key == "<<":
        return (
            Text("「<<」による合成は使えない。", "Merging with '<<' is not supported."),
            Text("項目を書き並べる。", "Write the keys out."),
        )
    if key.startswith("\u3000"):
        return (
            Text("項目名が全角の空白で始まる。", "A key starts with a full-width space."),
            Text("半角の空白で字下げする。", "Indent with half-width spaces."),
        )
    message = Text(
        f"項目「{quoted(key)}」はここでは使えない。", f"The key '{quoted(key)}' is not known here."
    )
    return message, close_to(key, known) or (one_of(known) if known else None)


def _words(detail: ErrorDetails, path: Path, node: Node | None) -> tuple[Text, Text | None]:
    name = str(path[-1]) if path else ""
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing" | "union_tag_not_found":
            hint = one_of(_known(name, path)) if name in _WORDS else KEYS.get(name)
            return Text(f"項目「{name}」がない。", f"The key '{name}' is missing."), hint
        case "union_tag_invalid" | "literal_error":
            written = node.written if isinstance(node, ScalarNode) else ""
            known = _known(name, path)
            if name.isdigit() and len(path) > 1:  # an item of a list: speak of the list
                name = str(path[-2])
            return (
                Text(
                    f"{name} に「{quoted(written)}」は使えない。",
                    f"'{quoted(written)}' is not a {name}.",
                ),
                close_to(written, known) or (one_of(known) if known else None),
            )
        case "one_right_option":
            right = context.get("right", 0)
            return (
                Text(
                    f"正解の選択肢（right: true）が{right}個ある。",
                    f"{right} options are marked right: true.",
                ),
                Text("ちょうど一つにする。", "Mark exactly one."),
            )
        case "several_right_options":
            right = context.get("right", 0)
            return (
                Text(
                    f"正解の選択肢（right: true）が{right}個ある。",
                    f"{right} options are marked right: true.",
                ),
                Text(
                    "二つ以上にし、少なくとも一つは誤りとする。",
                    "Mark at least two, and leave at least one wrong.",
                ),
            )
        case "no_term":
            return (
                Text("正解の用語がない。", "There is no right term."),
                Text(
                    "損失のid（loss）か、受け入れる語のリスト（accept）を書く。",
                    "Give the id of a loss (loss) or a list of terms (accept).",
                ),
            )
        case "id_too_long":
            most = context.get("most", 0)
            return (
                Text("保存に使うidが長すぎる。", "The id is too long to be stored."),
                Text(f"{most}文字以内にする。", f"Use at most {most} characters."),
            )
        case "gaps_or_combinations" if node is None:
            return (
                Text("空欄を埋めるものがない。", "There is nothing to fill the gaps with."),
                Text(
                    "空欄ごとの選択肢をgapsに書くか、組合せをcombinationsに書く。",
                    "Give options for each gap in gaps, or combinations.",
                ),
            )
        case "gaps_or_combinations":
            return (
                Text("gapsとcombinationsの両方がある。", "There are both gaps and combinations."),
                Text("どちらか一方だけを書く。", "Give one of them only."),
            )
        case "one_right_combination":
            right = context.get("right", 0)
            return (
                Text(
                    f"正解の組合せ（right: true）が{right}個ある。",
                    f"{right} combinations are marked right: true.",
                ),
                Text(
                    "二つ以上の組合せを書き、ちょうど一つを正解とする。",
                    "Give at least two and mark exactly one.",
                ),
            )
        case "string_pattern_mismatch":
            written = node.written if isinstance(node, ScalarNode) else ""
            return (
                Text(
                    f"「{quoted(written)}」は{name}の形でない。",
                    f"'{quoted(written)}' is not a valid {name}.",
                ),
                _PATTERNS.get(name),
            )
        case "string_too_short":
            return Text(f"{_of(name)[0]}が空である。", f"{_of(name)[1]} is empty."), None
        case "string_too_long":
            most = context.get("max_length")
            return (
                Text(
                    f"{_of(name)[0]}が長すぎる（{most}文字まで）。",
                    f"{_of(name)[1]} is too long (at most {most} characters).",
                ),
                None,
            )
        case "too_short":
            least, count = context.get("min_length"), context.get("actual_length")
            return (
                Text(
                    f"{_of(name)[0]}が足りない（{count}個）。",
                    f"{_of(name)[1]} has too few items ({count}).",
                ),
                Text(f"{least}個以上書く。", f"Write at least {least}."),
            )
        case "too_long":
            most, count = context.get("max_length"), context.get("actual_length")
            return (
                Text(
                    f"{_of(name)[0]}が多すぎる（{count}個）。",
                    f"{_of(name)[1]} has too many items ({count}).",
                ),
                Text(f"{most}個以下にする。", f"Write at most {most}."),
            )
        case "greater_than_equal" | "less_than_equal" | "greater_than" | "less_than":
            return _bound(detail["type"], name, context)
        case "finite_number":
            return (
                Text(
                    f"{_of(name)[0]}が有限の数でない。", f"{_of(name)[1]} is not a finite number."
                ),
                None,
            )
    return _wrong_type(detail["type"], path, node)


def _known(name: str, path: Path) -> tuple[str, ...]:
    """Return the words that may stand at a place; a case is no part of a case."""
    if name == "kind" and not _in_case(path):
        return tuple(_ENTRIES)
    return _WORDS.get(name, ())


def _in_case(path: Path) -> bool:
    return path.count("questions") > 1


def _bound(kind: str, name: str, context: Mapping[str, object]) -> tuple[Text, Text | None]:
    key, ja, en = {
        "greater_than_equal": ("ge", "以上", "at least"),
        "less_than_equal": ("le", "以下", "at most"),
        "greater_than": ("gt", "より大きい数", "above"),
        "less_than": ("lt", "より小さい数", "below"),
    }[kind]
    limit = context.get(key)
    return (
        Text(f"{_of(name)[0]}が範囲の外にある。", f"{_of(name)[1]} is out of range."),
        Text(f"{limit}{ja}にする。", f"It must be {en} {limit}."),
    )


def _wrong_type(kind: str, path: Path, node: Node | None) -> tuple[Text, Text | None]:
    wanted = _wanted(kind, path)
    if wanted is None:
        return Text("この値は使えない。", "This value cannot be used here."), None
    found = _described(node)
    message = Text(
        f"{wanted.ja}が必要だが、{found.ja}が書かれている。",
        f"{wanted.en} is needed here, but this is {found.en}.",
    )
    if kind == "string_type" and isinstance(node, ScalarNode) and node.written.strip():
        written = quoted(node.written)
        return message, Text(f'引用符で囲む: "{written}"', f'Put it in quotes: "{written}"')
    if kind in ("int_type", "float_type") and _is_quoted_number(node):
        return message, Text("引用符を外す。", "Remove the quotation marks.")
    if kind == "bool_type" and isinstance(node, ScalarNode):
        meant = _BOOLEANS.get(node.written.strip().lower())
        if meant is not None:
            return message, Text(f"{meant} と書く。", f"Write {meant}.")
    if path[-1:] == ("tolerance",):
        return message, Text(
            "小数の桁数なら tolerance: {decimals: 3} と書く。",
            "For decimal places write tolerance: {decimals: 3}.",
        )
    if kind == "tuple_type":
        return message, Text(
            "[ ] で囲むか、行ごとに「- 」で始める。", "Use [ ], or lines that start with '- '."
        )
    return message, None


def _wanted(kind: str, path: Path) -> Text | None:
    match path:
        case (*_, "edges", int(), "given", _):
            return Text(
                "数、数のリスト、または数の表（[[1, 2], [3, 4]]）",
                "A number, a list of numbers or rows of numbers",
            )
        case (*_, "given", _, "size"):
            return Text(
                "個数（例: 3）か［行数, 列数］（例: [2, 3]）",
                "A count (3) or [rows, columns] ([2, 3])",
            )
        case (*_, "given", _, "value") | (*_, "given", _, "among", _, "value"):
            return Text(
                "数、数のリスト、または数の表（[[1, 2], [3, 4]]）",
                "A number, a list of numbers or rows of numbers",
            )
        case (*before, "inputs", _) if "compute" in before:
            return Text(
                "数、数のリスト、数の表、true/false、または $名前",
                "A number, a list or rows of numbers, true/false, or $name",
            )
    return {
        "string_type": Text("文字列", "A text"),
        "int_type": Text("整数", "A whole number"),
        "float_type": Text("数", "A number"),
        "bool_type": Text("trueかfalse", "true or false"),
        "tuple_type": Text("リスト", "A list"),
        "dict_type": Text("項目の集まり（名前: 値）", "A mapping (name: value)"),
        "model_type": Text("項目の集まり（名前: 値）", "A mapping (name: value)"),
        "model_attributes_type": Text("項目の集まり（名前: 値）", "A mapping (name: value)"),
    }.get(kind)


def _described(node: Node | None) -> Text:
    match node:
        case ListNode():
            return Text("リスト", "a list")
        case MapNode():
            return Text("項目の集まり", "a mapping")
        case ScalarNode(value=None):
            return Text("空の値", "an empty value")
        case ScalarNode(value=bool()):
            return Text("true/false", "true/false")
        case ScalarNode(value=int() | float(), written=written):
            return Text(f"数 {quoted(written)} ", f"the number {quoted(written)}")
        case ScalarNode(written=written):
            return Text(f"文字列「{quoted(written)}」", f"the text '{quoted(written)}'")
        case None:
            return Text("別のもの", "something else")


def _of(name: str) -> tuple[str, str]:
    """Return how to speak of a field or of the n-th item of a list."""
    if name.isdigit():
        return f"{int(name) + 1}番目の値", f"Item {int(name) + 1}"
    return name, name


def _is_quoted_number(node: Node | None) -> bool:
    if not isinstance(node, ScalarNode) or not isinstance(node.value, str):
        return False
    try:
        float(node.value)
    except ValueError:
        return False
    return True


def _keys_at(root: Node, path: Path) -> tuple[str, ...]:
    """Return the keys that may stand in the mapping at `path`."""
    match path:
        case ():
            return tuple(model.Pack.model_fields)
        case (*_, "questions", int()):
            return _fields(_KINDS if _in_case(path) else _ENTRIES, root, path, "kind")
        case (*_, "answer"):
            return tuple(model.TermAnswer.model_fields)
        case (*_, "rejected", int()):
            return tuple(model.RejectedTerm.model_fields)
        case (*_, "options", int()):
            return tuple(model.Option.model_fields)
        case (*_, "items", int()):
            return tuple(model.OrderItem.model_fields)
        case (*_, "pairs", int()):
            return tuple(model.Pair.model_fields)
        case (*_, "extra", int()):
            return tuple(model.Decoy.model_fields)
        case (*_, "gaps", str()):
            return tuple(model.Gap.model_fields)
        case (*_, "combinations", int()):
            return tuple(model.Combination.model_fields)
        case (*_, "distractors", int()):
            return tuple(model.Distractor.model_fields)
        case (*_, "given", _, "among", int()):
            return tuple(model.Phrase.model_fields)
        case (*_, "edges", int()):
            return tuple(model.Edge.model_fields)
        case (*_, "given", _):
            return _fields(_SAMPLERS, root, path, "sample")
        case (*_, "sides", int()):
            return tuple(model.Side.model_fields)
        case (*_, "compute"):
            _, node = place(root, path)
            several = isinstance(node, MapNode) and {"expression", "parts"} & set(node.entries)
            return tuple((model.Expression if several else model.Computation).model_fields)
        case (*_, "parts", str()):
            return tuple(model.Part.model_fields)
        case (*_, "gradient"):
            return tuple(model.Gradient.model_fields)
        case (*_, "tolerance"):
            return tuple(model.Tolerance.model_fields)
    return ()


def _fields(
    kinds: Mapping[str, type[BaseModel]], root: Node, path: Path, key: str
) -> tuple[str, ...]:
    _, node = place(root, (*path, key))
    kind = node.written if isinstance(node, ScalarNode) else ""
    return tuple(kinds[kind].model_fields) if kind in kinds else ()
