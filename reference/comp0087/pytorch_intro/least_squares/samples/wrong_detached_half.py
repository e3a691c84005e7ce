# verdict: partial
# about: one of the two factors of the square is detached: half the gradient
def least_squares(f, y):
    error = f - y
    return 0.5 * error * error.detach()
