import type { ReferenceLayer } from './reference-network.js';

/** The layers of `cnn`. */
export const cnnLayers = (classes: number): readonly ReferenceLayer[] => [
  { kind: 'convolution', filters: 20, size: 5 },
  { kind: 'relu' },
  { kind: 'max-pool' },
  { kind: 'convolution', filters: 50, size: 5 },
  { kind: 'relu' },
  { kind: 'max-pool' },
  { kind: 'dense', width: 50 },
  { kind: 'batch-norm' },
  { kind: 'relu' },
  { kind: 'dense', width: classes },
];

/** The layers of `mlp`. */
export const mlpLayers = (hidden: readonly number[], classes: number): readonly ReferenceLayer[] => [
  ...hidden.flatMap((width): ReferenceLayer[] => [{ kind: 'dense', width }, { kind: 'relu' }]),
  { kind: 'dense', width: classes },
];
