# verdict: wrong_answer
# diagnosis: wrong_shape
# about: x * w as the tutorial writes it, which is not summed
def linear_forward(x, w, b):
    return x * w + b
