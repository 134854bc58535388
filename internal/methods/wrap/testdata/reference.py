"""Trajectories of wrapped methods, written from the papers, with schedules of PyTorch.

    /usr/bin/python3 reference.py > reference.json

The function is the quadratic of Pascal's matrix, as in internal/methods/pascal.
"""
import json
import math
import warnings

import numpy as np
import torch
from torch.optim import lr_scheduler

warnings.simplefilter("ignore")
A = np.array([[math.comb(i + j, i) for j in range(5)] for i in range(5)], float)
b = np.ones(5)
X0 = np.array([1.0, -2, 3, -4, 5])
STEPS = 24


def grad(x):
    return A @ x - b


def factors(make):
    """What a scheduler of PyTorch multiplies a learning rate of 1 by."""
    p = torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))
    opt = torch.optim.SGD([p], lr=1.0)
    s, out = make(opt), []
    for _ in range(STEPS):
        out.append(opt.param_groups[0]["lr"])
        opt.step()
        s.step()
    return out


def ramp(f, share):
    """A schedule f(s) of what is left after a linear warm-up."""
    w = math.ceil(share * STEPS)
    return [(k + 1) / w if k < w else f((k - w) / (STEPS - w)) for k in range(STEPS)]


def wsd(rise, decay, minimum, shape):
    w, d = math.ceil(rise * STEPS), math.ceil(decay * STEPS)
    out = []
    for k in range(STEPS):
        if k < w:
            out.append((k + 1) / w)
        elif k < STEPS - d:
            out.append(1.0)
        else:
            over = (k - (STEPS - d)) / d
            left = 1 - (math.sqrt(over) if shape == "sqrt" else over)
            out.append(minimum + (1 - minimum) * left)
    return out


SCHEDULES = {
    "cosine": factors(lambda o: lr_scheduler.CosineAnnealingLR(o, STEPS)),
    "{name: cosine, minimum: 0.1}": factors(lambda o: lr_scheduler.CosineAnnealingLR(o, STEPS, eta_min=0.1)),
    "{name: warmup-cosine, warmup: 0.25}": ramp(lambda s: (1 + math.cos(math.pi * s)) / 2, 0.25),
    "linear": factors(lambda o: lr_scheduler.LinearLR(o, start_factor=1.0, end_factor=0.0, total_iters=STEPS)),
    "{name: linear, warmup: 0.2, minimum: 0.3}": ramp(lambda s: 0.3 + 0.7 * (1 - s), 0.2),
    "{name: polynomial, power: 2.5}": factors(lambda o: lr_scheduler.PolynomialLR(o, STEPS, 2.5)),
    "one-cycle": factors(lambda o: lr_scheduler.OneCycleLR(o, 1.0, STEPS, cycle_momentum=False)),
    "{name: one-cycle, rise: 0.5, initial: 10, final: 100}": factors(
        lambda o: lr_scheduler.OneCycleLR(o, 1.0, STEPS, pct_start=0.5, div_factor=10, final_div_factor=100, cycle_momentum=False)),
    "{name: wsd, warmup: 0.1, decay: 0.3}": wsd(0.1, 0.3, 0, "sqrt"),
    "{name: wsd, warmup: 0, decay: 0.5, shape: linear, minimum: 0.2}": wsd(0, 0.5, 0.2, "linear"),
    "{name: step-decay, factor: 0.3, every: 7}": factors(lambda o: lr_scheduler.StepLR(o, 7, 0.3)),
    "{name: diminishing, p: 0.75}": factors(lambda o: lr_scheduler.LambdaLR(o, lambda k: (k + 1) ** -0.75)),
}


class SGD:
    """Momentum as in PyTorch."""

    def __init__(self, lr):
        self.lr, self.m = lr, None

    def where(self, x):
        return x

    def step(self, x, g):
        self.m = g if self.m is None else 0.9 * self.m + g
        return x - self.lr * self.m

    def carry(self, shift):
        pass


class HeavyBall(SGD):
    """Momentum as in Polyak's paper: it keeps a point."""

    before = X0

    def step(self, x, g):
        x, self.before = x - self.lr * g + 0.9 * (x - self.before), x
        return x

    def carry(self, shift):
        self.before = self.before + shift


class Nesterov(SGD):
    """A constant momentum; the gradient is taken at another point than x."""

    y = X0

    def where(self, x):
        return self.y

    def step(self, x, g):
        new = self.y - self.lr * g
        self.y = new + 0.9 * (new - x)
        return new

    def carry(self, shift):
        self.y = self.y + shift


METHODS = {
    "{name: sgd, lr: 0.004, momentum: 0.9}": lambda: SGD(0.004),
    "{name: heavy-ball, lr: 0.004, momentum: 0.9}": lambda: HeavyBall(0.004),
    "{name: nesterov, lr: 0.004, schedule: {name: constant, momentum: 0.9}}": lambda: Nesterov(0.004),
}


def run(method, factor=None, clip=None, value=None, sam=None, cautious=False, look=None, decay=0, ema=None, tail=None, lawa=None):
    m, x, out = method(), X0.copy(), [X0.tolist()]
    lr, slow, mean, points = m.lr, X0.copy(), X0.copy(), []
    for k in range(STEPS):
        if factor:
            m.lr = lr * factor[k]
        at = m.where(x)
        g = grad(at)
        if sam:
            g = grad(at + sam * g / np.linalg.norm(g)) if np.linalg.norm(g) else g
        if clip:
            g = g * min(1, clip / np.linalg.norm(g))
        if value:
            g = np.clip(g, -value, value)
        new = m.step(x, g)
        plain = new
        if cautious:
            step = new - x
            mask = step * g < 0
            new = x + step * mask * (5 / (mask.sum() + 1))
        if look and (k + 1) % look[0] == 0:
            slow = slow + look[1] * (new - slow)
            new = slow
        if decay:
            new = new - m.lr * decay * x
        m.carry(new - plain)
        x = new
        points.append(x)
        if ema:
            mean = ema * mean + (1 - ema) * x
            out.append(mean.tolist())
        elif tail:
            rest = points[math.floor(tail * STEPS):]
            out.append((np.mean(rest, 0) if rest else x).tolist())
        elif lawa:
            kept = points[lawa[0] - 1::lawa[0]][-lawa[1]:]
            out.append((np.mean(kept, 0) if kept else x).tolist())
        else:
            out.append(x.tolist())
    return out


WRAPPERS = {
    "[clip: 0.5]": dict(clip=0.5),
    "[clip-value: 0.3]": dict(value=0.3),
    "[sharpness-aware: 0.1]": dict(sam=0.1),
    "[sam: 0.1, clip: 0.4]": dict(sam=0.1, clip=0.4),
    "[cautious]": dict(cautious=True),
    "[{lookahead: {k: 3, alpha: 0.4}}]": dict(look=(3, 0.4)),
    "[weight-decay: 2]": dict(decay=2),
    "[cautious, {lookahead: {k: 4}}, weight-decay: 0.5]": dict(cautious=True, look=(4, 0.5), decay=0.5),
    "[average: 0.8]": dict(ema=0.8),
    "[average: {kind: tail, from: 0.4}]": dict(tail=0.4),
    "[average: {kind: lawa, every: 3, last: 4}]": dict(lawa=(3, 4)),
    "[clip: 0.5, lookahead, average: 0.8]": dict(clip=0.5, look=(5, 0.5), ema=0.8),
}

runs = []
for text, method in METHODS.items():
    for wrap, options in WRAPPERS.items():
        runs.append(dict(method=text, wrap=wrap, schedule="", x=run(method, **options)))
    wrap = "[weight-decay: 2]"
    runs.append(dict(method=text, wrap=wrap, schedule="cosine", x=run(method, SCHEDULES["cosine"], decay=2)))
print(json.dumps(dict(schedules=SCHEDULES, runs=runs)))
