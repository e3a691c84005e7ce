# verdict: partial
# diagnosis: wrong_length
# about: tells the results of one node apart
def graph_nodes(tensor):
    if tensor.grad_fn is None:
        return []
    seen, left = set(), [(tensor.grad_fn, 0)]
    while left:
        pair = left.pop()
        if pair[0] is not None and pair not in seen:
            seen.add(pair)
            left += pair[0].next_functions
    return sorted(type(node).__name__ for node, _ in seen)
