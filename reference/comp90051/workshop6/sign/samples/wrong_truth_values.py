# verdict: wrong_answer
# diagnosis: wrong_dtype
# about: the comparison itself
def sign(s):
    return s >= 0
