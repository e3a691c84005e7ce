# verdict: partial
# diagnosis: wrong_length
# about: follows the first operand only
def graph_nodes(tensor):
    names, node = [], tensor.grad_fn
    while node is not None:
        names.append(type(node).__name__)
        node = node.next_functions[0][0] if node.next_functions else None
    return sorted(names)
