# verdict: wrong_answer
# diagnosis: broadcast
# about: repeats the weights for every sample and gets (n, n)
def linear_forward(x, w, b):
    return x @ w.repeat(len(x), 1).T + b
