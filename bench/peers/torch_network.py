"""The convolutional network of 66,230 parameters as a PyTorch user writes it, and its parameters in our order."""

import torch
from torch import nn
from torch.nn import functional

# Images are 28 x 28 of one channel, classes 10.
SIDE = 28
CLASSES = 10


class Cnn(nn.Module):
    """Two convolutions of 5 x 5 with pooling, a dense layer of 50 with batch normalisation, and the classes."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 20, 5)
        self.second = nn.Conv2d(20, 50, 5)
        self.dense = nn.Linear(800, 50)
        self.norm = nn.BatchNorm1d(50)
        self.classes = nn.Linear(50, CLASSES)

    def forward(self, images):
        """Logits of a batch of images, [batch, 1, 28, 28]."""
        x = functional.max_pool2d(functional.relu(self.first(images)), 2)
        x = functional.max_pool2d(functional.relu(self.second(x)), 2)
        x = functional.relu(self.norm(self.dense(x.flatten(1))))
        return self.classes(x)


def flat_gradient(network, images, labels):
    """The gradient of the mean cross-entropy as one vector, in PyTorch's order of parameters."""
    loss = functional.cross_entropy(network(images), labels)
    gradients = torch.autograd.grad(loss, tuple(network.parameters()))
    return torch.cat([gradient.reshape(-1) for gradient in gradients])


def accuracy(network, images, labels, batch):
    """The share of images that the network, in evaluation mode, classifies rightly."""
    network.eval()
    right = 0
    with torch.no_grad():
        for start in range(0, len(images), batch):
            guesses = network(images[start : start + batch]).argmax(dim=1)
            right += (guesses == labels[start : start + batch]).sum().item()
    return right / len(images)


# From our order of a layer's parameters to PyTorch's: we keep channels last, PyTorch first. The sizes are ours.
SHAPES = {
    "first.weight": ((20, 5, 5, 1), (0, 3, 1, 2)),
    "second.weight": ((50, 5, 5, 20), (0, 3, 1, 2)),
    "dense.weight": ((50, 4, 4, 50), (0, 3, 1, 2)),
}


def set_parameters(network, flat):
    """Gives the network the parameters of a vector in our order."""
    start = 0
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            part = flat[start : start + parameter.numel()]
            if name in SHAPES:
                sizes, axes = SHAPES[name]
                part = part.reshape(sizes).permute(axes)
            parameter.copy_(part.reshape(parameter.shape))
            start += parameter.numel()


def in_our_order(network, gradient):
    """A gradient in PyTorch's order of parameters, in ours."""
    parts = []
    start = 0
    for name, parameter in network.named_parameters():
        part = gradient[start : start + parameter.numel()]
        if name in SHAPES:
            sizes, axes = SHAPES[name]
            part = part.reshape([sizes[axis] for axis in axes]).permute(0, 2, 3, 1)
        parts.append(part.reshape(-1))
        start += parameter.numel()
    return torch.cat(parts)
