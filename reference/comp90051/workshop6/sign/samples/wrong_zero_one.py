# verdict: partial
# about: classes 0 and 1 for -1 and +1
def sign(s):
    return (s >= 0).to(s.dtype)
