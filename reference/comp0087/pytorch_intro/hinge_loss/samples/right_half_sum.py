# verdict: accepted
# about: the positive part as half of t + |t|
def hinge_loss(f, y):
    t = 1 - f * y
    return (t + t.abs()) / 2
