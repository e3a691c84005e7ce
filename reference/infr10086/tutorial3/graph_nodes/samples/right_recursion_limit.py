# verdict: accepted
# about: calls itself, and raises the limit for it
import sys

sys.setrecursionlimit(100_000)


def graph_nodes(tensor):
    seen = set()

    def visit(node):
        if node is None or node in seen:
            return
        seen.add(node)
        for child, _ in node.next_functions:
            visit(child)

    visit(tensor.grad_fn)
    return sorted([type(n).__name__ for n in seen])
