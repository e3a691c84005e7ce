# verdict: partial
# about: of b
def basic_operations(a, b):
    return {
        'sum': a + b,
        'product': a * b,
        'matmul': a @ b,
        'row_means': a.mean(1),
        'transpose': b.T,
    }
