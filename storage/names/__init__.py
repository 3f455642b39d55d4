"""The index over names: words by how they sound, persons by their words and birth dates; in memory alone."""
