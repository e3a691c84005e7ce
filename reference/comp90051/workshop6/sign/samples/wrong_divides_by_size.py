# verdict: partial
# diagnosis: not_a_number
# about: 0 / 0
def sign(s):
    return s / s.abs()
