# verdict: partial
# diagnosis: wrong_axis
# about: the mean of all entries
def basic_operations(a, b):
    return {
        'sum': a + b,
        'product': a * b,
        'matmul': a @ b,
        'row_means': a.mean(),
        'transpose': a.T,
    }
