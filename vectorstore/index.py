"""The index, whole: keep it in step with the library (`synchronise`), open it, search it."""

from vectorstore.generation import IndexDamaged, IndexOutdated, Manifest, Problem, read_manifest
from vectorstore.opening import open_index
from vectorstore.passage_index import Hits, PassageIndex, searchable_numbers
from vectorstore.synchronisation import Synchronised, synchronise
from vectorstore.walk import DocumentWalk

__all__ = [
    "DocumentWalk",
    "Hits",
    "IndexDamaged",
    "IndexOutdated",
    "Manifest",
    "PassageIndex",
    "Problem",
    "Synchronised",
    "open_index",
    "read_manifest",
    "searchable_numbers",
    "synchronise",
]
