# verdict: partial
# diagnosis: wrong_length
# about: every name once
def graph_nodes(tensor):
    seen, left = set(), [tensor.grad_fn]
    while left:
        node = left.pop()
        if node is not None and node not in seen:
            seen.add(node)
            left += [before for before, _ in node.next_functions]
    return sorted({type(node).__name__ for node in seen})
