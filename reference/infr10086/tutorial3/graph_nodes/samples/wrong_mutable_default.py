# verdict: partial
# diagnosis: wrong_length
# about: keeps the visited nodes in a default argument, which lives on from call to call
def graph_nodes(tensor, seen=set()):
    names, waiting = [], [tensor.grad_fn]
    while waiting:
        node = waiting.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        names.append(type(node).__name__)
        waiting.extend(before for before, _ in node.next_functions)
    return sorted(names)
