# verdict: partial
# diagnosis: exception
# about: takes every operand for a tracked one
def graph_nodes(tensor):
    seen, left = set(), [tensor.grad_fn]
    while left:
        node = left.pop()
        if node not in seen:
            seen.add(node)
            left += [before for before, _ in node.next_functions]
    return sorted(type(node).__name__ for node in seen)
