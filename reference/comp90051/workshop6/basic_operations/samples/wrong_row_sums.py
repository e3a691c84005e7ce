# verdict: partial
# about: sums
def basic_operations(a, b):
    return {
        'sum': a + b,
        'product': a * b,
        'matmul': a @ b,
        'row_means': a.sum(1),
        'transpose': a.T,
    }
