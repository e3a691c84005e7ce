# verdict: partial
# diagnosis: wrong_value
# about: b times a
def basic_operations(a, b):
    return {
        'sum': a + b,
        'product': a * b,
        'matmul': b @ a,
        'row_means': a.mean(1),
        'transpose': a.T,
    }
