# verdict: partial
# about: averages over the features (right for one feature)
def linear_forward(x, w, b):
    return (x * w).mean(dim=1) + b
