# verdict: partial
# diagnosis: input_returned
# about: a itself
def basic_operations(a, b):
    return {
        'sum': a + b,
        'product': a * b,
        'matmul': a @ b,
        'row_means': a.mean(1),
        'transpose': a,
    }
