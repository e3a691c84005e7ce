# verdict: wrong_answer
# about: adds the target
def least_squares(f, y):
    return 0.5 * (f + y) ** 2
