# verdict: partial
# diagnosis: wrong_dtype
# about: always single precision
def basic_operations(a, b):
    a, b = a.float(), b.float()
    return {'sum': a + b, 'product': a * b, 'matmul': a @ b, 'row_means': a.mean(1), 'transpose': a.T}
