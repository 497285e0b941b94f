"""Node handlers by family; importing this package registers them all."""

from builder.book.handlers import (  # noqa: F401
    admonitions,
    annotations,
    api,
    blocks,
    code,
    design,
    diagrams,
    dropped,
    figures,
    inline,
    lists,
    math,
    notebooks,
    parts,
    references,
    tables,
    theorems,
)
