from collections.abc import Callable


def random_search(
    objective: Callable[..., float], space: dict[str, tuple[float, float]], trials: int, seed: int
) -> tuple[dict[str, float], float]:
    """Tries `trials` configurations drawn uniformly from `space` and returns the best one with its value.

    objective: called as objective(**configuration), lower is better. space: name -> (low, high).
    """
    raise NotImplementedError
