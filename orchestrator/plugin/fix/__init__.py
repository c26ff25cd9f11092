"""Definitions brought into the normal form, with everything that the author wrote."""
