# verdict: wrong_answer
# about: squares prediction and target apart
def least_squares(f, y):
    return 0.5 * (f**2 - y**2)
