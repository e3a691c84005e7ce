# verdict: accepted
# about: remembers ids
def graph_nodes(tensor):
    stack, seen, names = [tensor.grad_fn], set(), []
    while stack:
        fn = stack.pop()
        if fn is None or id(fn) in seen:
            continue
        seen.add(id(fn))
        names.append(type(fn).__name__)
        stack.extend(f for f, _ in fn.next_functions)
    names.sort()
    return names
