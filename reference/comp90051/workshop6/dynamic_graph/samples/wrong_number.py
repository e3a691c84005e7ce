# verdict: partial
# about: goes on with the sum alone, to which 1 is added and not d
def dynamic_graph(x, n):
    s = x.sum()
    for _ in range(n):
        s = s / 2 if s > 0 else 3 * s + 1
    return s
