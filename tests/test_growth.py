"""The pictures in docs/performance.md: made of a row's own figures, the same for the same."""

from xml.etree import ElementTree

import pytest

from benchmarks.row import Growth
from benchmarks.speed.growth import HIGH, WIDE, drawn

SVG = "{http://www.w3.org/2000/svg}"
NAMES = Growth(
    "A search", "ms", "names", {"p50": [(10, 0.4), (100, 1.1), (1000, 2.3)], "p95": [(10, 1.4), (1000, 9.3)]}
)


def test_each_point_is_drawn_where_it_belongs() -> None:
    picture = ElementTree.fromstring(drawn(NAMES))  # noqa: S314  our own
    places = [(float(one.attrib["cx"]), float(one.attrib["cy"])) for one in picture.iter(f"{SVG}circle")]
    assert len(places) == 5
    assert all(0 < x < WIDE and 0 < y < HIGH for x, y in places)
    first, second, third, slow, slowest = places
    assert third[0] - second[0] == pytest.approx(second[0] - first[0]), "sizes stand along a logarithmic axis"
    assert (slow[0], slowest[0]) == (first[0], third[0])
    assert slowest[1] < third[1] < second[1] < first[1], "the dearer, the higher"
    said = [text.text or "" for text in picture.iter(f"{SVG}text")]
    assert {"A search, ms", "names", "1,000", "p50: 2.3", "p95: 9.3"} <= set(said)


def test_the_same_figures_are_the_same_picture() -> None:
    assert drawn(NAMES) == drawn(NAMES)


@pytest.mark.parametrize("most", [0.004, 0.9, 1.0, 3.04, 87.0, 12345.0])
def test_the_axis_reaches_above_all_and_not_far(most: float) -> None:
    growth = Growth("A claim", "ms", "letters", {"a claim": [(100, most / 2), (100_000, most)]})
    picture = ElementTree.fromstring(drawn(growth))  # noqa: S314  our own
    figures = [float(text.text or "") for text in picture.iter(f"{SVG}text") if text.get("text-anchor") == "end"]
    assert figures[0] == 0
    assert most < figures[-1] < 2 * most
