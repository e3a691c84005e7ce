# verdict: partial
# diagnosis: wrong_dtype
# about: always float32
def perceptron_predict(w, X):
    return (X @ w >= 0).float() * 2 - 1
