# verdict: partial
# about: decides once, before the loop
def dynamic_graph(x, n):
    halve = x.sum() > 0
    for _ in range(n):
        x = x / 2 if halve else 3 * x + 1
    return x.sum()
