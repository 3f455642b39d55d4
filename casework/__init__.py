"""What the service knows and promises: rules, commands and refusals, with no messenger, SQL or clock."""

import zoneinfo

# `zoneinfo` would take the machine's own files first, which are as old as the machine: with those of 2025 the prairies
# of Canada are an hour off in the winter of 2026. Every floor begins here, before it makes its first zone.
zoneinfo.reset_tzpath(to=[])
zoneinfo.ZoneInfo.clear_cache()
