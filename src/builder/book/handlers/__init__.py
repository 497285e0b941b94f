"""Node handlers by family; importing this package registers them all."""

from builder.book.handlers import (  # noqa: F401
    admonitions,
    annotations,
    api,
    blocks,
    code,
    dropped,
    figures,
    inline,
    lists,
    math,
    references,
    tables,
)
