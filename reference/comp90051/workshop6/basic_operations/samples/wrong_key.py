# verdict: partial
# diagnosis: exception
# about: another name for a key
def basic_operations(a, b):
    return {'sum': a + b, 'product': a * b, 'matmul': a @ b, 'mean': a.mean(1), 'transpose': a.T}
