"""Leads a newcomer through the machine-learning lifecycle and leaves a project they own."""

__version__ = "0.1.0"
