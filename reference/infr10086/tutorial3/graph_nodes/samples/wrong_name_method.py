# verdict: partial
# about: node.name(), which says more than the type's name
def graph_nodes(tensor):
    seen, left = set(), [tensor.grad_fn]
    while left:
        node = left.pop()
        if node is not None and node not in seen:
            seen.add(node)
            left += [before for before, _ in node.next_functions]
    return sorted(node.name() for node in seen)
