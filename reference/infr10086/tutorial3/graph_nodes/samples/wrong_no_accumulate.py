# verdict: partial
# diagnosis: wrong_length
# about: leaves the ends of the graph out
def graph_nodes(tensor):
    seen, left = set(), [tensor.grad_fn]
    while left:
        node = left.pop()
        if node is not None and node not in seen and node.next_functions:
            seen.add(node)
            left += [before for before, _ in node.next_functions]
    return sorted(type(node).__name__ for node in seen)
