"""(variant, answer) -> verdict. Pure: the numbers it needs come with the evaluation."""
