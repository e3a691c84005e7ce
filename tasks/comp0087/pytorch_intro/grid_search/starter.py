from collections.abc import Callable


def grid_search(objective: Callable[..., float], grid: dict[str, list[float]]) -> tuple[dict[str, float], float]:
    """Tries every combination of the values in `grid` once and returns the best one with its value.

    objective: called as objective(**configuration), lower is better. grid: name -> list of values.
    """
    raise NotImplementedError
