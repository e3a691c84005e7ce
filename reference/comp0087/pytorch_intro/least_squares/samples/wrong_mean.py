# verdict: wrong_answer
# diagnosis: wrong_axis
# about: averages the losses
def least_squares(f, y):
    return 0.5 * ((f - y) ** 2).mean()
