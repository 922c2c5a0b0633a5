"""A whole step of asynchronous, Byzantine-robust mu2-SGD in PyTorch. Dahan & Levy 2024, Algorithm 2."""

import torch
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from torch_network import Cnn, flat_gradient


class Run:
    """A server and its workers; the experiments' form, with fixed beta and gamma."""

    def __init__(self, rule, workers, images, labels, batch, rate=0.01, beta=0.25, gamma=0.1):
        """`rule(vectors, weights)` aggregates; `labels[k]` is the class of `images[k]`."""
        self.rule, self.images, self.labels, self.batch = rule, images, labels, batch
        self.rate, self.beta, self.gamma = rate, beta, gamma
        self.random = torch.Generator().manual_seed(1)
        self.network = Cnn()
        self.model = parameters_to_vector(self.network.parameters()).detach().clone()
        self.iterate = self.model.clone()
        self.messages = self.model.new_zeros(workers, len(self.model))
        self.corrections = torch.zeros_like(self.messages)
        self.counts = self.model.new_ones(workers)
        self.next = 0

    def gradient(self):
        """The gradient at the network's parameters on a fresh batch."""
        rows = torch.randint(len(self.images), (self.batch,), generator=self.random)
        return flat_gradient(self.network, self.images[rows], self.labels[rows])

    def step(self):
        """A worker's message arrives, the server moves the model, and the worker gets it."""
        worker = self.next
        self.next = (worker + 1) % len(self.messages)
        self.counts[worker] += 1
        aggregate = self.rule(self.messages, self.counts)
        self.iterate -= self.rate * aggregate
        self.model += self.gamma * (self.iterate - self.model)
        vector_to_parameters(self.model, self.network.parameters())
        # The two gradients at the model: of the sample that was drawn before, and of the next one.
        message = self.gradient() + (1 - self.beta) * self.corrections[worker]
        self.corrections[worker] = message - self.gradient()
        self.messages[worker] = message
