# verdict: wrong_answer
# diagnosis: wrong_shape
# about: the shape
def tensor_order(x):
    return x.shape
