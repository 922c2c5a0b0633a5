import { tooMany, type Side } from './cluster-options.js';
import { thereAre } from './there-are.js';

const sideOutside = (name: string, { n, f, quorum }: Side, who: 'workers' | 'servers'): readonly string[] => {
  const [size, few, q] = who === 'workers' ? ['n_wr', 'f_wr', 'q_wr'] : ['n_ps', 'f_ps', 'q_ps'];
  return [
    ...(n >= 3 * f + 3 ? [] : [`${name} needs ${size} >= 3 ${few} + 3, which is ${3 * f + 3}; ${thereAre(n, who)}`]),
    ...(quorum >= 2 * f + 3
      ? []
      : [`${name} needs ${q} >= 2 ${few} + 3, which is ${2 * f + 3}; the quorum of ${who} is ${quorum}`]),
    ...(quorum <= n - f
      ? []
      : [`${name} needs ${q} <= ${size} − ${few}, which is ${n - f}; the quorum of ${who} is ${quorum}`]),
  ];
};

/** The preconditions of GuanYu's theorem that don't hold, a sentence each. El-Mhamdi et al., PODC 2020, section 3. */
export const isOutsideOf = (
  name: string,
  { workers, servers }: { readonly workers: Side; readonly servers: Side },
): readonly string[] => [
  ...sideOutside(name, servers, 'servers'),
  ...sideOutside(name, workers, 'workers'),
  ...tooMany(servers, 'servers'),
  ...tooMany(workers, 'workers'),
];
