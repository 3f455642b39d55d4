"""Which numbers belong to which keys, eight bytes a pair: sorted arrays, searched by halving."""

from array import array
from bisect import bisect_left
from typing import Final

_SHARD: Final = 20
"""The bits of a key below those that name its shard: 4,096 shards at most, each made when it is first needed."""

_KEY: Final = 0xFFFFFFFF
_VALUE: Final = 32


class Postings:
    """Numbers below 2**32 by keys of 32 bits. Two keys can be one: whoever asks looks what was found."""

    def __init__(self) -> None:
        self._shards: dict[int, array[int]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._shards.values()))

    def add(self, key: int, value: int) -> None:
        shard, pair = self._place(key, value)
        at = bisect_left(shard, pair)
        if at == len(shard) or shard[at] != pair:
            shard.insert(at, pair)

    def remove(self, key: int, value: int) -> None:
        shard, pair = self._place(key, value)
        at = bisect_left(shard, pair)
        if at < len(shard) and shard[at] == pair:
            del shard[at]

    def of(self, key: int, most: int = 1 << 30) -> list[int]:
        """The numbers of a key in their order, at most so many."""
        key &= _KEY
        shard = self._shards.get(key >> _SHARD)
        if shard is None:
            return []
        begin = bisect_left(shard, key << _VALUE)
        end = bisect_left(shard, (key + 1) << _VALUE, begin) if key < _KEY else len(shard)
        return [pair & _KEY for pair in shard[begin : min(end, begin + most)]]

    def _place(self, key: int, value: int) -> tuple["array[int]", int]:
        key &= _KEY
        shard = self._shards.get(key >> _SHARD)
        if shard is None:
            shard = self._shards[key >> _SHARD] = array("Q")
        return shard, key << _VALUE | value
