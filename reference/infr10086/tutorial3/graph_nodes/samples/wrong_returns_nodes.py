# verdict: partial
# about: the nodes themselves (right where there are none)
def graph_nodes(tensor):
    seen, left = [], [tensor.grad_fn]
    while left:
        node = left.pop()
        if node is not None and node not in seen:
            seen.append(node)
            left += [before for before, _ in node.next_functions]
    return seen
