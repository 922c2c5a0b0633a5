import { join } from 'node:path';
import { earlierPeer } from './earlier.js';
import { pythonPeer, startPeer, type Contender, type Peer } from './peer.js';
import { numpy, pytorch } from './python.js';

/** The processes of one group: each is started when it is first asked for, and ends with the group. */
export interface Contenders {
  /** This version. */
  ours(): Promise<Peer>;
  /** Our plain loops, where something else is measured, and the earlier version, where one is given. */
  ourOthers(): Promise<readonly Contender[]>;
  numpy(): Promise<Contender>;
  pytorch(): Promise<Contender>;
}

/** What may be chosen of our side. */
export interface Choice {
  /** The kernels that are measured. */
  readonly kernels: string;
  /** A built checkout of an earlier version. */
  readonly against?: string | undefined;
}

const own = join(import.meta.dirname, 'own-tasks.js');

/** Runs our tasks on a built library, as a process like the peers'. */
export const ownPeer = (name: string, library: string, kernels: string): Promise<Peer> =>
  startPeer(name, process.execPath, [own, library, kernels]);

const library = join(import.meta.dirname, '..', 'src', 'index.js');

/** The contenders; with what closes those that were started, and the names and versions of these. */
export const startContenders = ({
  kernels,
  against,
}: Choice): Contenders & { readonly close: () => void; readonly versions: () => readonly string[] } => {
  const started = new Map<string, Promise<Contender>>();
  const here: Peer[] = [];
  const once = (name: string, start: () => Promise<Contender>): Promise<Contender> => {
    const known = started.get(name);
    if (known) return known;
    const begun = start().then((contender) => {
      if ('ask' in contender) here.push(contender);
      return contender;
    });
    started.set(name, begun);
    return begun;
  };
  return {
    // Ours is always here.
    ours: () => once('ours', () => ownPeer('ours', library, kernels)) as Promise<Peer>,
    ourOthers: () =>
      Promise.all([
        ...(kernels === 'plain' ? [] : [once('plain', () => ownPeer('plain loops', library, 'plain'))]),
        ...(against === undefined ? [] : [once('earlier', () => earlierPeer(against, ownPeer))]),
      ]),
    numpy: () => once('NumPy', () => pythonPeer(numpy, 'numpy_peer.py')),
    pytorch: () => once('PyTorch', () => pythonPeer(pytorch, 'torch_peer.py')),
    close: () => here.forEach((peer) => peer.close()),
    versions: () => here.filter(({ name }) => name !== 'ours').map(({ name, version }) => `${name} ${version}`),
  };
};
