# verdict: partial
# about: the averaged perceptron
import torch
def perceptron_train(X, y, w0, epochs):   # averaged
    w = w0.clone(); m=[]; a=torch.zeros_like(w); n=0
    for _ in range(epochs):
        c=0
        for x,t in zip(X,y):
            if (1 if w@x>=0 else -1)!=t: w=w+t*x; c+=1
            a+=w; n+=1
        m.append(c)
    return a/n,m
