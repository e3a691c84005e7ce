# verdict: wrong_answer
# diagnosis: broadcast
# about: every prediction against every target
def least_squares(f, y):
    return 0.5 * (f.unsqueeze(1) - y) ** 2
