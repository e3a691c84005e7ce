# verdict: partial
# about: computes in single precision and casts back
def dynamic_graph(x, n):
    d = x.dtype; x = x.float()
    for _ in range(n):
        x = x / 2 if x.sum() > 0 else 3 * x + 1
    return x.sum().to(d)
