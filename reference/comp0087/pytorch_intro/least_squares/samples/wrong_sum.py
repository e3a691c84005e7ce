# verdict: wrong_answer
# diagnosis: wrong_axis
# about: adds the losses up
def least_squares(f, y):
    return ((f - y) ** 2).sum() / 2
