"""Trajectories of Muon, written from its authors' description, its companion AdamW that of PyTorch.

    /usr/bin/python3 muon.py > muon.json

f = Σ cᵢ(xᵢ − tᵢ)²/2 over a 3×2 matrix, a 2×4 matrix and two biases.
"""
import json
import math

import numpy as np
import torch

N = 16
C = np.array([1 + (i % 5) for i in range(N)], float)
T = np.array([math.sin(i) for i in range(N)])
X0 = np.array([math.cos(3 * i) for i in range(N)])
BLOCKS = [(0, 3, 2), (6, 2, 4)]


def newton_schulz(g):
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g.T if g.shape[0] > g.shape[1] else g
    x = x / (np.linalg.norm(x) + 1e-7)
    for _ in range(5):
        A = x @ x.T
        x = a * x + (b * A + c * A @ A) @ x
    return x.T if g.shape[0] > g.shape[1] else x


def polar(g):
    u, _, vt = np.linalg.svd(g, full_matrices=False)
    return u @ vt


def run(lr=0.02, beta=0.95, nesterov=True, orth=newton_schulz, wd=0.0):
    x, m = X0.copy(), np.zeros(N)
    p = torch.nn.Parameter(torch.tensor(x[14:]))
    adamw = torch.optim.AdamW([p], lr=0.01)
    out = [x.tolist()]
    for _ in range(12):
        g = C * (x - T)
        m = beta * m + (1 - beta) * g
        way = beta * m + (1 - beta) * g if nesterov else m
        new = x.copy()
        for at, r, c in BLOCKS:
            w = x[at:at + r * c].reshape(r, c)
            step = orth(way[at:at + r * c].reshape(r, c)) * math.sqrt(max(1, r / c))
            new[at:at + r * c] = ((1 - lr * wd) * w - lr * step).ravel()
        p.grad = torch.tensor(g[14:])
        adamw.step()
        new[14:] = p.detach().numpy()
        x = new
        out.append(x.tolist())
    return out


print(json.dumps({
    "{name: muon, others: {name: adamw, lr: 0.01}}": run(),
    "{name: muon, lr: 0.1, momentum: 0.8, nesterov: false, weight_decay: 0.3, others: {name: adamw, lr: 0.01}}": run(0.1, 0.8, False, wd=0.3),
    "{name: muon, orthogonalize: exact, lr: 0.05, others: {name: adamw, lr: 0.01}}": run(0.05, orth=polar),
}))
