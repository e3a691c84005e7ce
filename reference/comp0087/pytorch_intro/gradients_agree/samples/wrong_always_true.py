# verdict: wrong_answer
# diagnosis: constant_answer
# about: always agrees
def gradients_agree(f, grad_f, x, eps, tol):
    return True
