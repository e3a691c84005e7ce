# verdict: accepted
# about: elementwise products, summed over the features
def linear_forward(x, w, b):
    return (x * w).sum(dim=-1) + b
