import type { KernelKind } from '../../src/kernels/index.js';
import { aligned } from '../../src/report/aligned.js';
import { chromiumPath, inChromium } from './chromium.js';
import { compare, majorOf, type Column } from './comparison.js';
import { inNode, nodeOfMajor, type NodeCommand } from './node.js';
import { sameBitsScenarios as scenarios } from './scenarios.js';

/** Both kinds of kernels; each has hashes of its own, since they add in different orders. */
const kinds = ['simd', 'plain'] as const satisfies readonly KernelKind[];

/** Numbers of threads that this Node is tried with. */
const threadCounts = [1, 2, 4];

/** Major versions of Node that are tried beside this one. */
const majors = [20, 22, 24];

const columns: Readonly<Record<KernelKind, Column[]>> = { simd: [], plain: [] };
const skipped: string[] = [];
const notes: string[] = [];
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const askNode = async (command: NodeCommand, kernels: KernelKind, threads: number): Promise<void> => {
  const { version, hashes, elsewhere } = await inNode(command, { scenarios, kernels, threads });
  const count = threads === 1 ? '' : `, ${threads} threads`;
  const environment = `Node ${version.slice(1)}${count}`;
  say(`${environment}, ${kernels} kernels: done`);
  columns[kernels].push({ environment, hashes });
  if (threads > 1) notes.push(`With ${threads} threads, ${elsewhere} messages' gradients were taken in other threads.`);
};

for (const threads of threadCounts) await askNode([process.execPath], 'simd', threads);
await askNode([process.execPath], 'plain', 1);

for (const major of majors.filter((one) => one !== majorOf(process.version))) {
  const command = await nodeOfMajor(major);
  if (!command) skipped.push(`Node ${major} was skipped: "npx node@${major}" can't be had here.`);
  else for (const kernels of kinds) await askNode(command, kernels, 1);
}

const path = chromiumPath();
if (path === undefined)
  skipped.push('Chromium was skipped: there is none at /usr/bin/chromium, or where $CHROMIUM says.');
else {
  const { version, hashes } = await inChromium(
    path,
    kinds.map((kernels) => ({ scenarios, kernels })),
  );
  say(`Chromium ${version}: done`);
  kinds.forEach((kernels, i) => columns[kernels].push({ environment: `Chromium ${version}`, hashes: hashes[i]! }));
}

const names = scenarios.map(({ name }) => name);
let different = 0;
for (const kernels of kinds) {
  const [first, ...others] = columns[kernels];
  const comparison = compare(names, [first!, ...others]);
  different += comparison.different;
  const table = aligned(
    [comparison.head, ...comparison.rows],
    comparison.head.map(() => 'left'),
  );
  process.stdout.write(`${kernels} kernels\n\n${table}\n\n`);
}
process.stdout.write([...notes, ...skipped].map((line) => `${line}\n`).join(''));
process.stdout.write(different === 0 ? 'All hashes are the same.\n' : `${different} hashes are DIFFERENT.\n`);
const complete = skipped.length === 0 || !process.argv.includes('--all');
if (different > 0 || !complete) process.exitCode = 1;
