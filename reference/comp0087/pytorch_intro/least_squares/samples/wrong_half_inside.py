# verdict: wrong_answer
# diagnosis: constant_factor
# about: halves before squaring
def least_squares(f, y):
    return (0.5 * (f - y)) ** 2
