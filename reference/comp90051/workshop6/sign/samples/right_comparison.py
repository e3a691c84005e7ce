# verdict: accepted
# about: arithmetic with the truth values of the comparison
def sign(s):
    return (s >= 0).to(s.dtype) * 2 - 1
