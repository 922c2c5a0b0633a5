import { dirichlet } from './dirichlet.js';
import { extreme } from './extreme.js';
import { gammaSimilarity } from './gamma-similarity.js';
import { iid } from './iid.js';
import { shared } from './shared.js';

/** Every way of dealing training rows to workers, by the name that scenario files give it. */
export const partitions = { shared, iid, dirichlet, 'gamma-similarity': gammaSimilarity, extreme } as const;
