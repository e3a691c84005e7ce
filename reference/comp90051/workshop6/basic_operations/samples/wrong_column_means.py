# verdict: partial
# diagnosis: wrong_axis
# about: means over the rows
def basic_operations(a, b):
    return {
        'sum': a + b,
        'product': a * b,
        'matmul': a @ b,
        'row_means': a.mean(dim=0),
        'transpose': a.T,
    }
