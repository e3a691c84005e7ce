# verdict: partial
# diagnosis: wrong_shape
# about: the dimension is kept
def basic_operations(a, b):
    return {
        'sum': a + b,
        'product': a * b,
        'matmul': a @ b,
        'row_means': a.mean(1, keepdim=True),
        'transpose': a.T,
    }
