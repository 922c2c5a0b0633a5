import { asynchronous, asynchronousPart, type AsynchronousOptions } from '../../src/protocols/asynchronous.js';
import { protocols } from '../../src/protocols/index.js';
import type { Crew } from '../../src/engine/protocol.js';
import { definePart } from '../../src/registry/part.js';

/** The asynchronous server with a theorem for at most one Byzantine worker: imported before the program, it knows it by `strict`. */
const strict = definePart({
  ...asynchronousPart,
  create: (options: AsynchronousOptions) => ({
    ...asynchronous(options),
    outside: ({ workers }: Crew): readonly string[] => {
      const liars = workers.filter(({ byzantine }) => byzantine).length;
      return liars > 1 ? [`The theorem is for at most 1 Byzantine worker, found ${liars}.`] : [];
    },
  }),
});

Object.assign(protocols, { strict });
