"""Arithmetic: the operands are figures of cited sentences and rows, the calculation is done here and shown.

`composer.calculated` is the composer; `spots` tells whose a figure of a sentence is.
"""
