import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Argument, Command, Option } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import { startContenders, type Choice } from './contenders.js';
import type { Group } from './group.js';
import { groups } from './groups.js';
import { mergedResults, readResults, writtenResults, type GroupResult, type Results } from './results.js';
import { verdict } from './row.js';
import { markdown, terminalTable } from './table.js';
import { kernels, usualKernels } from './tasks/kernels.js';

const root = join(import.meta.dirname, '..', '..');
const page = join(root, 'docs', 'performance.md');
const file = join(root, 'docs', 'performance.json');

const measure = async (group: Group, choice: Choice, folder: string): Promise<GroupResult> => {
  const contenders = startContenders(choice);
  try {
    const rows = await group.measure({ folder, contenders });
    return {
      date: new Date().toISOString().slice(0, 10),
      machine: `${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, ${process.platform} ${process.arch}`,
      peers: [...(group.versions?.() ?? []), ...contenders.versions()],
      rows,
    };
  } finally {
    contenders.close();
  }
};

const kept = (): Results => {
  try {
    return readResults(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
};

const save = async (measured: Results): Promise<void> => {
  const all = mergedResults(kept(), measured, Object.keys(groups));
  await writeFileAtomic(page, markdown(all));
  await writeFileAtomic(file, writtenResults(all));
};

interface Options extends Choice {
  readonly write: boolean;
}

const bench = async (names: readonly string[], { write, ...choice }: Options): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const measured: Record<string, GroupResult> = {};
  try {
    for (const name of names) {
      process.stderr.write(`${name}: ${groups[name]!.summary}\n`);
      measured[name] = await measure(groups[name]!, choice, folder);
      // After every group, since some of them take minutes.
      if (write) await save(measured);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(`${terminalTable(measured)}\n`);
  const rows = Object.values(measured).flatMap((result) => result.rows);
  if (rows.some((row) => verdict(row)?.reached === false)) process.exitCode = 1;
};

const names = Object.keys(groups);

await new Command('npm run bench --')
  .description('Measures, prints a table and writes docs/performance.md and docs/performance.json.')
  .addArgument(new Argument('[groups...]', 'what to measure; the other groups keep their figures').choices(names))
  .addOption(new Option('--kernels <name>', 'our side’s kernels').choices(Object.keys(kernels)).default(usualKernels))
  .option('--against <dir>', 'a built checkout of an earlier version, to be measured too')
  .option('--no-write', 'print the table only')
  .action((chosen: string[], options: Options) => bench(chosen.length > 0 ? chosen : names, options))
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  });
