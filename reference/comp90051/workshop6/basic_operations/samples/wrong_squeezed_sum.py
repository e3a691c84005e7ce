# verdict: partial
# diagnosis: wrong_shape
# about: a dimension of length 1 is lost in one entry
def basic_operations(a, b):
    return {"sum": (a + b).squeeze(), "product": a * b, "matmul": a @ b, "row_means": a.mean(dim=1), "transpose": a.T}
