# verdict: partial
# diagnosis: wrong_length
# about: lists the AccumulateGrad of a leaf
def graph_nodes(tensor):
    if tensor.is_leaf and tensor.requires_grad:
        return ["AccumulateGrad"]
    seen, left = set(), [tensor.grad_fn]
    while left:
        node = left.pop()
        if node is not None and node not in seen:
            seen.add(node)
            left += [before for before, _ in node.next_functions]
    return sorted(type(node).__name__ for node in seen)
