"""Filters: which of the findings are reported."""
