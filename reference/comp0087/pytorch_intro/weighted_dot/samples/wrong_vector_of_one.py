# verdict: wrong_answer
# diagnosis: wrong_shape
# about: keeps a dimension of length one
def weighted_dot(x, y, z):
    return (x * y * z).sum(dim=0, keepdim=True)
