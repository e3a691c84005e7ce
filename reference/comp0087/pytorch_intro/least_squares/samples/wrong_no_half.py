# verdict: wrong_answer
# diagnosis: constant_factor
# about: the factor ½ is missing
def least_squares(f, y):
    return (f - y) ** 2
