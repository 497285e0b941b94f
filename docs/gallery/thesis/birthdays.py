from math import prod


def shared(guests: int, days: int = 365) -> float:
    """Return the probability that two of so many guests share a birthday."""
    return 1 - prod(1 - other / days for other in range(1, guests))
