# verdict: wrong_answer
# diagnosis: wrong_dtype
# about: a float
def tensor_order(x):
    return float(x.dim())
