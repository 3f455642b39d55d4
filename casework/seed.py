"""The four centers and the telephone lines that a new service begins with. Staff change them; this is loaded once.

Sources: the Ministry of Internal Affairs on the opening of the centers (3 April 2025: addresses of Lviv and Vinnytsia;
those of Mykolaiv and Kharkiv are not published), the regions of the eastern center, the lines that the bodies publish.
Which of the other three centers answers for a region is our own proposal by distance, until an administrator confirms.
"""

from casework.centers import Center, Disclosure, Line
from casework.ids import CenterId
from casework.places import EVERYWHERE, center_is_published, proposed_center

CITIES = {
    "lviv": (49.8397, 24.0297, Disclosure.PUBLIC, "вул. Стрийська, 83, Львів"),
    "mykolaiv": (46.9750, 31.9946, Disclosure.CONFIRMED, None),
    "vinnytsia": (49.2331, 28.4682, Disclosure.PUBLIC, "вул. Театральна, Вінниця"),
    "kharkiv": (49.9935, 36.2304, Disclosure.CONFIRMED, None),
}

LINES = (
    Line("defence", "0 800 500 442", "notice"),
    Line("police", "102", "police"),
    Line("police-search", "0 800 21 21 51", "police"),
    Line("nib", "16-48", "nib"),
    Line("nib-abroad", "+38 044 287 81 65", "nib"),
    Line("headquarters", "0 800 300 529", "headquarters"),
    Line("sbu", "(067) 650 83 32, (098) 087 36 01", "sbu"),
    Line("icrc", "0 800 300 155", "icrc"),
    Line("ombudsman", "0 800 50 17 20", "icrc"),
    Line("lifeline", "7333", "crisis"),
)


def centers() -> tuple[Center, ...]:
    """The centers of April 2025, each with the regions that it answers for."""
    found = []
    for name, (latitude, longitude, disclosure, address) in CITIES.items():
        mine = [region for region in EVERYWHERE if proposed_center(region) == name]
        regions = tuple(mine)
        proposed = tuple(region for region in mine if not center_is_published(region))
        found.append(Center(CenterId(name), regions, proposed, latitude, longitude, disclosure, address))
    return tuple(found)
