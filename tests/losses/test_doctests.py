"""The examples in the docstrings of the loss library print what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import losses
from losses import CATALOG

MODULES = sorted(module.name for module in pkgutil.walk_packages(losses.__path__, prefix="losses."))


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str):
    failed, _ = doctest.testmod(importlib.import_module(name))
    assert failed == 0


def test_every_loss_has_an_example_that_runs():
    finder = doctest.DocTestFinder()
    for loss_id in CATALOG:
        assert any(test.examples for test in finder.find(losses.get(loss_id), loss_id)), loss_id
