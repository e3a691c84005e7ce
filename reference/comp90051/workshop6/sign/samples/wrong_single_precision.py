# verdict: partial
# diagnosis: wrong_dtype
# about: always float32
def sign(s):
    return (s >= 0).float() * 2 - 1
