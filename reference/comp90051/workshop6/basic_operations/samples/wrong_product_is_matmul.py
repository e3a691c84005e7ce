# verdict: partial
# diagnosis: wrong_value
# about: the matrix product for both
def basic_operations(a, b):
    return {
        'sum': a + b,
        'product': a @ b,
        'matmul': a @ b,
        'row_means': a.mean(1),
        'transpose': a.T,
    }
