# verdict: partial
# about: a single step, whatever n is
def dynamic_graph(x, n):
    x = x / 2 if x.sum() > 0 else 3 * x + 1
    return x.sum()
