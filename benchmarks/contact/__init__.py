"""The proof of constant contact: no family is left in silence, measured in a town that lives by the real rules."""
