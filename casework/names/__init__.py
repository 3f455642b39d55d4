"""What is known of names, however they are spelt: how they sound, how keyboards spoil them, how they are shortened."""

from casework.names.layouts import meant
from casework.names.short_forms import called
from casework.names.sought import Born, Sought, sought
from casework.names.sounds import heard, letter_rests, readings, rests, rough, typed_rests

__all__ = [
    "Born",
    "Sought",
    "called",
    "heard",
    "letter_rests",
    "meant",
    "readings",
    "rests",
    "rough",
    "sought",
    "typed_rests",
]
