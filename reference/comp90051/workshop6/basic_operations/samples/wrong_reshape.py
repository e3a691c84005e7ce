# verdict: partial
# diagnosis: permuted
# about: flips the order of the entries, which is no transpose
def basic_operations(a, b):
    return {
        'sum': a + b,
        'product': a * b,
        'matmul': a @ b,
        'row_means': a.mean(1),
        'transpose': a.flatten().flip(0).reshape(a.shape),
    }
