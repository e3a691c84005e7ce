# verdict: accepted
# about: the binomial written out
def least_squares(f, y):
    return 0.5 * f.pow(2) - f * y + 0.5 * y.pow(2)
