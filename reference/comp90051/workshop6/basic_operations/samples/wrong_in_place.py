# verdict: partial
# about: changes a while it goes on
def basic_operations(a, b):
    return {'transpose': a.T.clone(), 'row_means': a.mean(1), 'sum': a.add_(b), 'product': a * b, 'matmul': a @ b}
