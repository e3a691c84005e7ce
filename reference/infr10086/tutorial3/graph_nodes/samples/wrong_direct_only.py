# verdict: partial
# diagnosis: wrong_length
# about: the last operation and what it leads to, no further
def graph_nodes(tensor):
    if tensor.grad_fn is None:
        return []
    nodes = {tensor.grad_fn, *(n for n, _ in tensor.grad_fn.next_functions if n is not None)}
    return sorted(type(n).__name__ for n in nodes)
