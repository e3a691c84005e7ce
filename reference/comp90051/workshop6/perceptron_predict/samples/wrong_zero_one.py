# verdict: partial
# about: classes 0 and 1
def perceptron_predict(w, X):
    return (X @ w >= 0).to(X.dtype)
