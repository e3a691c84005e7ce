# verdict: partial
# diagnosis: wrong_dtype
# about: converts to single precision
def least_squares(f, y):
    return 0.5 * (f.float() - y.float()) ** 2
