# verdict: accepted
# about: breadth first with a deque, nodes as keys of a dict
from collections import deque


def graph_nodes(t):
    if t.grad_fn is None:
        return []
    names = {t.grad_fn: type(t.grad_fn).__name__}
    queue = deque([t.grad_fn])
    while queue:
        node = queue.popleft()
        for child, _index in node.next_functions:
            if child is None or child in names:
                continue
            names[child] = type(child).__name__
            queue.append(child)
    return sorted(names.values())
