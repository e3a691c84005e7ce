# verdict: wrong_answer
# about: subtracts the bias
def linear_forward(x, w, b):
    return x @ w - b
