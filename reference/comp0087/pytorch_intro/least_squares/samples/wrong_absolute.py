# verdict: wrong_answer
# about: the absolute error, not its square
def least_squares(f, y):
    return 0.5 * (f - y).abs()
