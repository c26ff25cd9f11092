"""Figures that anyone can measure again. Nothing here is part of the tests."""
