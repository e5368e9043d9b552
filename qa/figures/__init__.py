"""Figures in Chinese text: their values, quantities with units, and whose each one is. Nothing here knows of questions."""
