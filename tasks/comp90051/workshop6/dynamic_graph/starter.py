import torch


def dynamic_graph(x: torch.Tensor, n: int) -> torch.Tensor:
    """The sum of the entries of x (d,) after n steps, as a scalar tensor that is attached to the graph.

    A step halves x if its entries sum to more than 0, and replaces it by 3 * x + 1 otherwise.
    """
    raise NotImplementedError
