# verdict: partial
# about: rewards scores beyond the margin (no difference inside it)
def hinge_loss(f, y):
    return 1 - y * f
