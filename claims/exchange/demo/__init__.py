"""Invented claims in any number, for benchmarks and for trying out; all of it says that it is a demo."""

from .filling import fill, is_all_demo

__all__ = ["fill", "is_all_demo"]
