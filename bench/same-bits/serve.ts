import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bundle } from './bundle.js';

/** A server on this machine alone. */
export interface Served {
  /** Address of a page that loads the bundle's first file. */
  readonly url: string;
  close(): void;
}

const page = (script: string): string =>
  `<!doctype html><meta charset="utf-8"><title>Same bits</title><script type="module" src="/${script}"></script>`;

/** Serves a bundle, and a page that loads it, on a free port of 127.0.0.1. */
export const serve = async (bundle: Bundle): Promise<Served> => {
  const [first] = bundle.keys();
  const server = createServer(({ url }, response) => {
    const name = (url ?? '/').slice(1);
    const body = name === '' ? page(first!) : bundle.get(name);
    const type = name === '' ? 'text/html' : 'text/javascript';
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8` }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
