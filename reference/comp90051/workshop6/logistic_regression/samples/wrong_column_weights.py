# verdict: runtime_error
# about: w of shape (d, 1) gives probabilities of shape (n, 1)
import torch
import torch.nn as nn
import torch.optim as optim


class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super(LogisticRegression, self).__init__()
        self.w = nn.Parameter(torch.zeros(n_features, 1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return torch.sigmoid(torch.matmul(X, self.w) + self.b)

    def fit(self, X, y, lr, epochs):
        optimizer = optim.SGD(self.parameters(), lr=lr)
        criterion = nn.BCELoss()
        losses = []
        for epoch in range(epochs):
            optimizer.zero_grad()
            y_hat = self(X)
            loss = criterion(y_hat[:, 0], y)
            losses.append(loss.item())
            loss.backward()
            optimizer.step()
        return losses
