# verdict: accepted
# about: level by level, nodes in a list
def graph_nodes(tensor):
    visited = []
    level = [tensor.grad_fn] if tensor.grad_fn is not None else []
    while level:
        below = []
        for node in level:
            if not any(node is other for other in visited):
                visited.append(node)
                below += [pair[0] for pair in node.next_functions if pair[0] is not None]
        level = below
    return sorted(map(lambda node: node.__class__.__name__, visited))
