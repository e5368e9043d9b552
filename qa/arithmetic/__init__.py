"""Arithmetic: the operands are figures of cited sentences and rows, the calculation is done here and shown."""

from qa.arithmetic.composer import calculated

__all__ = ["calculated"]
