import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Peer } from './peer.js';

/** The commit that a checkout is at, in brackets; nothing where there is no git. */
const commitOf = (folder: string): string => {
  const { status, stdout } = spawnSync('git', ['-C', folder, 'rev-parse', '--short', 'HEAD'], { encoding: 'utf8' });
  return status === 0 ? ` (${stdout.trim()})` : '';
};

/**
 * An earlier version of this library in a built checkout: this version's tasks run on the other's public API, with its
 * plain kernels. What it doesn't have is left out. Throws an Error where none is.
 */
export const earlierPeer = async (
  folder: string,
  start: (name: string, library: string, kernels: string) => Promise<Peer>,
): Promise<Peer> => {
  const library = join(folder, 'dist', 'src', 'index.js');
  if (!existsSync(library)) throw new Error(`--against: ${folder} is no built checkout, it has no dist/src/index.js`);
  const peer = await start('earlier version', library, 'plain');
  return { ...peer, version: `${peer.version}${commitOf(folder)}` };
};
