"""Where families live: the settlements of Ukraine by name, however spelt, and by position.

Names and codes are the state codifier's (КАТОТТГ); coordinates are GeoNames' (CC BY 4.0). A village that GeoNames
does not know stands at the middle of its hromada, raion or region, and says so (`approximate`).
"""

from casework.places.abroad import City, Country
from casework.places.lookup import Settlement, SettlementKind, nearest, place_by_code, region_of
from casework.places.meant import Candidate, Meant, meant
from casework.places.regions import (
    ABOUT,
    ABROAD,
    EVERYWHERE,
    Point,
    Region,
    center_is_published,
    distance_km,
    proposed_center,
)

__all__ = [
    "ABOUT",
    "ABROAD",
    "EVERYWHERE",
    "Candidate",
    "City",
    "Country",
    "Meant",
    "Point",
    "Region",
    "Settlement",
    "SettlementKind",
    "center_is_published",
    "distance_km",
    "meant",
    "nearest",
    "place_by_code",
    "proposed_center",
    "region_of",
]
