# verdict: wrong_answer
# diagnosis: wrong_shape
# about: adds the step to the whole vector and returns one number
def forward_difference(f, x, eps):
    return (f(x + eps) - f(x)) / eps
