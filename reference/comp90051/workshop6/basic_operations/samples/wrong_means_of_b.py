# verdict: partial
# about: the rows of b
def basic_operations(a, b):
    return {
        'sum': a + b,
        'product': a * b,
        'matmul': a @ b,
        'row_means': b.mean(1),
        'transpose': a.T,
    }
