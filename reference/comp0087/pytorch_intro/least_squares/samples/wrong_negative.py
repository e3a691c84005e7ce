# verdict: wrong_answer
# diagnosis: sign
# about: the negative loss
def least_squares(f, y):
    return -0.5 * (f - y) ** 2
