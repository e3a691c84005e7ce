# verdict: accepted
# about: keeps only the factor and the shift, with Python numbers
def dynamic_graph(x, n):
    factor, shift = 1.0, 0.0
    total, d = x.sum(), x.numel()
    for _ in range(n):
        if factor * total.item() + d * shift > 0:
            factor, shift = factor / 2, shift / 2
        else:
            factor, shift = 3 * factor, 3 * shift + 1
    return factor * total + d * shift
