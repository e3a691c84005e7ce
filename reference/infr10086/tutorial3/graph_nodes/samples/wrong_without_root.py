# verdict: partial
# diagnosis: wrong_length
# about: begins behind the last operation
def graph_nodes(tensor):
    if tensor.grad_fn is None:
        return []
    seen, left = set(), [before for before, _ in tensor.grad_fn.next_functions]
    while left:
        node = left.pop()
        if node is not None and node not in seen:
            seen.add(node)
            left += [before for before, _ in node.next_functions]
    return sorted(type(node).__name__ for node in seen)
