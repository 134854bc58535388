"""Small networks of PyTorch as problems for every method: an MLP, a convolutional net, a transformer.

    gdbench list problems --process 'python3 clients/python/examples/networks.py'
    gdbench run clients/python/examples/networks.yaml --allow-processes

Their data are made from a seed, so that nothing is downloaded and every machine has the same. Each
problem is a finite sum over its samples, so that methods with batches run on it. Its notes name the
shapes of its parameters, the blocks of the vector x in their order. Copy the class that is nearest to
your network.
"""

import numpy as np
import torch
from torch import nn

import gdbench
from gdbench.torch import TorchProblem


class Network(TorchProblem):
    """What the three have in common: cross-entropy, accuracy, and the shapes of the parameters."""

    def ready(self) -> None:
        """Read start, samples and shapes once model, inputs and outputs are there."""
        self.setup()
        self.notes = ["blocks of x: " + ", ".join(f"{name} {'×'.join(map(str, shape))}" for name, shape, _ in self.shapes)]

    @staticmethod
    def loss(predictions, outputs):
        return nn.functional.cross_entropy(predictions.flatten(0, -2), outputs.flatten())

    def diagnostics(self, x):
        """The share of right answers."""
        with torch.no_grad():
            self._load(x)
            right = self.model(self.inputs).argmax(-1) == self.outputs
        return {"accuracy": right.double().mean().item()}


@gdbench.problem(version="1", source="two spirals: Lang and Witbrock 1988, Learning to tell two spirals apart")
class Mlp(Network):
    "A multilayer perceptron that separates two spirals."

    def __init__(self, *, width: int = gdbench.parameter(8, range="[1,1000]", doc="units of each hidden layer"),
                 samples: int = gdbench.parameter(200, range="[2,100000]", doc="number of points"),
                 seed: int = gdbench.parameter(1, doc="of data and start")):
        torch.manual_seed(seed)
        angle = torch.linspace(0.5, 3, samples // 2, dtype=torch.float64) * np.pi
        arm = torch.stack([angle * angle.cos(), angle * angle.sin()], 1) / 3
        self.inputs = torch.cat([arm, -arm]) + 0.05 * torch.randn(2 * len(arm), 2, dtype=torch.float64)
        self.outputs = torch.arange(2).repeat_interleave(len(arm))
        self.model = nn.Sequential(nn.Linear(2, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh(), nn.Linear(width, 2))
        self.ready()


@gdbench.problem(version="1")
class Convnet(Network):
    "A convolutional net that tells four strokes apart, drawn in noise on 8×8 pixels."

    def __init__(self, *, channels: int = gdbench.parameter(4, range="[1,256]", doc="channels of the first layer"),
                 samples: int = gdbench.parameter(160, range="[4,100000]", doc="number of pictures"),
                 noise: float = gdbench.parameter(0.5, range="[0,)", doc="standard deviation of a pixel"),
                 seed: int = gdbench.parameter(1, doc="of data and start")):
        torch.manual_seed(seed)
        self.outputs = torch.arange(samples) % 4
        pictures = noise * torch.randn(samples, 1, 8, 8, dtype=torch.float64)
        steps = torch.arange(5)
        for picture, stroke in zip(pictures[:, 0], self.outputs):
            row, column = torch.randint(0, 4, (2,)).tolist()
            across, down = [(steps, 2 + 0 * steps), (2 + 0 * steps, steps), (steps, steps), (steps, 4 - steps)][int(stroke)]
            picture[(row + down).clamp(max=7), (column + across).clamp(max=7)] += 1
        self.inputs = pictures
        self.model = nn.Sequential(
            nn.Conv2d(1, channels, 3, padding=1), nn.ReLU(), nn.AvgPool2d(2),
            nn.Conv2d(channels, 2 * channels, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2 * channels, 4),
        )  # fmt: skip
        self.ready()


TEXT = (
    "the method asks for a value and a gradient, and the oracle counts. a step along the negative gradient goes down "
    "if it is short enough; a step that is too long goes up. the next iterate is where the step ends. "
) * 2


class Attention(nn.Module):
    """One block of a transformer with one causal head: attention, then a perceptron."""

    def __init__(self, letters: int, length: int, width: int):
        super().__init__()
        self.letter, self.place = nn.Embedding(letters, width), nn.Embedding(length, width)
        self.query, self.key, self.value = (nn.Linear(width, width, bias=False) for _ in range(3))
        self.before, self.between = nn.LayerNorm(width), nn.LayerNorm(width)
        self.inner, self.outer = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.out = nn.Linear(width, letters)

    def forward(self, x):
        h = self.letter(x) + self.place(torch.arange(x.shape[-1]))
        n = self.before(h)
        scores = self.query(n) @ self.key(n).transpose(-1, -2) / n.shape[-1] ** 0.5
        later = torch.ones(x.shape[-1], x.shape[-1], dtype=torch.bool).triu(1)
        h = h + scores.masked_fill(later, -torch.inf).softmax(-1) @ self.value(n)
        h = h + self.outer(nn.functional.gelu(self.inner(self.between(h))))
        return self.out(h)


@gdbench.problem(version="1", source="Vaswani et al. 2017, arXiv:1706.03762; one block, one head, layers normalized before")
class Transformer(Network):
    "A character-level transformer of one block that predicts the next letter of a short text."

    def __init__(self, *, width: int = gdbench.parameter(16, range="[1,1024]", doc="length of the vector of a letter"),
                 length: int = gdbench.parameter(12, range="[1,100]", doc="letters that a prediction sees"),
                 seed: int = gdbench.parameter(1, doc="of the start")):
        torch.manual_seed(seed)
        letters = sorted(set(TEXT))
        text = torch.tensor([letters.index(c) for c in TEXT])
        windows = text.unfold(0, length + 1, 3)
        self.inputs, self.outputs = windows[:, :-1].contiguous(), windows[:, 1:].contiguous()
        self.model = Attention(len(letters), length, width)
        self.ready()


if __name__ == "__main__":
    gdbench.serve("networks")
