"""How fast the losses are, next to everybody else who computes them. See `__main__`."""
