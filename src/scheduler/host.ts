/** The clock and the event loop of the machine that the simulation runs on. They decide when it runs, never what comes out. */
export interface Host {
  /** Milliseconds since some fixed instant; never decreases. */
  now(): number;
  /** Has `callback` called once in about `milliseconds`, after what else waits in the event loop; returns what calls it off. */
  defer(callback: () => void, milliseconds: number): () => void;
}

/** `setTimeout` takes no more than 31 bits. */
const longestTimeout = 2 ** 31 - 1;

/** The machine itself: Node and browsers, in the main thread and in workers. */
export const host: Host = {
  now: () => performance.now(),
  defer: (callback, milliseconds) => {
    if (milliseconds > 0) {
      const timer = setTimeout(callback, Math.min(milliseconds, longestTimeout));
      return () => clearTimeout(timer);
    }
    if (typeof setImmediate === 'function') {
      const immediate = setImmediate(callback);
      return () => clearImmediate(immediate);
    }
    return deferByMessage(callback);
  },
};

/** Browsers stretch nested timeouts to 4 ms, and to a second where the page isn't seen; messages come at once. */
const deferByMessage = (callback: () => void): (() => void) => {
  const { port1, port2 } = new MessageChannel();
  const deliver = (): void => {
    port1.close();
    callback();
  };
  port1.addEventListener('message', deliver);
  port1.start();
  port2.postMessage(null);
  return () => {
    port1.removeEventListener('message', deliver);
    port1.close();
  };
};
