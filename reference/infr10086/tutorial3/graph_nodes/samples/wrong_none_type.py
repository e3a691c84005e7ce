# verdict: partial
# about: the missing nodes are listed as NoneType
def graph_nodes(tensor):
    seen, left = set(), [tensor.grad_fn]
    while left:
        node = left.pop()
        if node not in seen:
            seen.add(node)
            left += [before for before, _ in getattr(node, "next_functions", ())]
    return sorted(type(node).__name__ for node in seen)
