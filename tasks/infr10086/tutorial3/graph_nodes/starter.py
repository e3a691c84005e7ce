import torch


def graph_nodes(tensor):
    """Sorted names of all backward nodes that can be reached from tensor.grad_fn, one entry for each node."""
    raise NotImplementedError
