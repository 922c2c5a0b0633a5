import type { Kernels, Library, ThreadsLibrary } from './kernels.js';
import { rules, weighted } from './plain.js';

/** Bytes set aside for the vectors of one task; what isn't touched takes none. */
const room = 2 ** 30;

/** WebAssembly with SIMD, vectors in its own memory. */
export const simd = async (library: Library, threads?: ThreadsLibrary): Promise<Kernels> => {
  const source = await library.simd();
  if (source === undefined) throw new Error('this Node has no WebAssembly SIMD');
  const { models, simulate } = library;
  const known = rules(library);
  // The vectors and what works on them are in one memory.
  const own = source.create(room);
  return {
    vectors: (rows, dimension) => own.memory.matrix('float32', rows, dimension),
    cnn: (data, batch) => models.cnn.create({})({ data, batch, kernels: own }),
    rule: (name, input, f) => {
      const { count, dimension } = input;
      const aggregate = known[name]?.(f, count)({ count, dimension, precision: 'float32', kernels: own });
      if (aggregate === undefined) return undefined;
      const given = weighted.includes(name) ? input : { ...input, weights: new Float64Array(count).fill(1) };
      const out = own.memory.float32(dimension);
      return () => {
        aggregate(given, out);
        return out;
      };
    },
    run: ({ plan, protocol, pace, threads: count, data, batch }) => {
      if (count > 1 && threads === undefined) return undefined;
      const gradients = threads?.threadedGradients(count, { model: { kind: 'cnn' }, batch, data });
      const place: typeof plan.place = (kernels) => models.cnn.create({})({ data, batch, kernels });
      return simulate(
        { ...plan, place, kernels: source, gradients: count > 1 ? gradients : undefined },
        protocol,
        pace,
      );
    },
  };
};
