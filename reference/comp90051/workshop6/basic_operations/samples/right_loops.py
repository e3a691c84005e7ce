# verdict: accepted
# about: entry by entry
import torch


def basic_operations(a, b):
    n = len(a)
    out = {key: torch.zeros(n, n, dtype=a.dtype) for key in ('sum', 'product', 'matmul', 'transpose')}
    out['row_means'] = torch.zeros(n, dtype=a.dtype)
    for i in range(n):
        for j in range(n):
            out['sum'][i, j] = a[i, j] + b[i, j]
            out['product'][i, j] = a[i, j] * b[i, j]
            out['transpose'][i, j] = a[j, i]
            out['row_means'][i] += a[i, j] / n
            for k in range(n):
                out['matmul'][i, j] += a[i, k] * b[k, j]
    return out
