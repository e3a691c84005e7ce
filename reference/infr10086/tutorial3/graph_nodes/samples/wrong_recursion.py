# verdict: partial
# diagnosis: exception
# about: calls itself 5,000 times
def graph_nodes(tensor):
    seen = set()

    def visit(node):
        if node is None or node in seen:
            return
        seen.add(node)
        for child, _ in node.next_functions:
            visit(child)

    visit(tensor.grad_fn)
    return sorted(type(n).__name__ for n in seen)
