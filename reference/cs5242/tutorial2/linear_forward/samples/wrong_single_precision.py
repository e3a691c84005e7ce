# verdict: partial
# diagnosis: wrong_dtype
# about: turns everything into float32
def linear_forward(x, w, b):
    return x.float() @ w.float() + b.float()
