# verdict: partial
# diagnosis: wrong_length
# about: a node is listed once for every path that leads to it
def graph_nodes(tensor):
    names = []
    left = [tensor.grad_fn]
    while left:
        node = left.pop()
        if node is None:
            continue
        names.append(type(node).__name__)
        left += [before for before, _ in node.next_functions]
    return sorted(names)
