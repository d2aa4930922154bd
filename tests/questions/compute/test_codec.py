"""Evaluations cross the pipe unchanged, also those with numbers that JSON does not have."""

from __future__ import annotations

import json
import math

from hypothesis import given
from hypothesis import strategies as st

from losses.text import Text
from losses.worked.step import Step
from questions.compute.codec import evaluation_json, read_evaluation, read_value, value_json
from questions.evaluation import Evaluation, MistakeValue, SideValue

numbers = st.floats(allow_nan=False) | st.integers(-(2**53), 2**53)
vectors = st.lists(numbers, max_size=4).map(tuple)
values = numbers | vectors | st.lists(vectors, max_size=3).map(tuple)
texts = st.builds(Text, st.text(), st.text())
steps = st.lists(st.builds(Step, st.text(), texts, st.text(), st.text(), values)).map(tuple)


@given(
    st.builds(
        Evaluation,
        numbers,
        st.lists(st.builds(MistakeValue, st.text(), numbers, texts, texts, st.text())).map(tuple),
        steps,
        st.just("float64"),
        st.just("2.13.0"),
        st.lists(st.builds(SideValue, numbers, steps), max_size=3).map(tuple),
    )
)
def test_what_is_written_is_read_back(evaluation: Evaluation) -> None:
    written = json.dumps(evaluation_json(evaluation), allow_nan=False)
    assert read_evaluation(json.loads(written)) == evaluation


def test_not_a_number_crosses_too() -> None:
    read = read_value(json.loads(json.dumps(value_json((math.nan, math.inf, -math.inf, 1.5)))))
    assert isinstance(read, tuple)
    assert math.isnan(read[0])
    assert read[1:] == (math.inf, -math.inf, 1.5)


def test_whole_numbers_stay_whole() -> None:
    read = read_value(json.loads(json.dumps(value_json((0, 2)))))
    assert all(isinstance(number, int) for number in read)
