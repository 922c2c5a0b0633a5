#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { scenarioJsonSchema } from '../scenario/json-schema.js';
import { checkCommand, type CheckOptions } from './check.js';
import { exitCode } from './exit-code.js';
import { exportCommand, type ExportOptions } from './export.js';
import { listCommand, type ListOptions } from './list.js';
import { print, tell } from './output.js';
import { runCommand, type RunOptions } from './run.js';
import { sweepCommand, type SweepOptions } from './sweep.js';
import { version } from './version.js';

/** `tardigrade … | head` closes the pipe early: that is no fault, and what the command found out counts. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  setImmediate(() => process.exit());
});
/** Nor is it a reason to give up a long run that nobody reads its progress any more. */
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** Commander's words on a wrong command line, in the form of all other messages; its help, unchanged. */
const oneSentence = (text: string): string =>
  text
    .trim()
    .replace(/^error: /, 'tardigrade: ')
    .replace(/\.?\n\((Did you mean .*)\)$/, (_, hint: string) => `; ${hint.charAt(0).toLowerCase()}${hint.slice(1)}`);

const program = new Command('tardigrade')
  .description('The laboratory for asynchronous, Byzantine-robust learning.')
  .version(version)
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(`${oneSentence(text)}\n`) });

program
  .command('run')
  .description('run one scenario: a .yaml file, or a .ts or .js file that exports one')
  .argument('<file>', 'the scenario')
  .argument('[overrides...]', 'key=value, such as workers.count=50 aggregator=cwmed attack.epsilon=0.5')
  .option('--out <dir>', 'folder for the results (default: runs/NAME-HASH)')
  .option('--seed <n>', 'seed of all random draws, instead of the scenario’s')
  .option('--data <dir>', 'folder with data sets (default: $TARDIGRADE_DATA, else ./data)')
  .option(
    '--threads <n>',
    'threads that take gradients, this process’s main one included; the results are the same (default: 1)',
  )
  .option('--kernels <kind>', 'simd (WebAssembly) or plain loops (default: simd, where there is such)')
  .option('--json', 'print one JSON object on standard output and nothing else')
  .option('--quiet', 'show no progress')
  .option('--allow-unsafe', 'run where preconditions of a protocol’s theorem don’t hold too, and mark the results')
  .option('--trace', 'write every event to trace.jsonl')
  .option('--timeline <span>', 'draw what each worker does in the run’s first seconds, such as 20s, and the staleness')
  .action(async (file: string, overrides: string[], options: RunOptions) => {
    process.exitCode = await runCommand(file, overrides, options);
  });

program
  .command('sweep')
  .description('run a scenario’s study: a grid of scenarios, each with several seeds; what is finished is skipped')
  .argument('<file>', 'the scenario, with the key study')
  .argument('[overrides...]', 'key=value, such as study.replications=10 stop.steps=500')
  .option('--out <dir>', 'folder for the results (default: runs/NAME-study)')
  .option('--seed <n>', 'the first seed, instead of the scenario’s')
  .option('--data <dir>', 'folder with data sets (default: $TARDIGRADE_DATA, else ./data)')
  .option('--kernels <kind>', 'simd (WebAssembly) or plain loops (default: simd, where there is such)')
  .option('--json', 'print one JSON object on standard output and nothing else')
  .option('--allow-unsafe', 'run where preconditions of a protocol’s theorem don’t hold too, and mark the results')
  .option('--quiet', 'show no progress')
  .action(async (file: string, overrides: string[], options: SweepOptions) => {
    process.exitCode = await sweepCommand(file, overrides, options);
  });

program
  .command('check')
  .description('hunt for inputs that break a rule’s stated guarantee; prints the worst found beside each bound')
  .argument('<rule>', 'a name, a chain such as ctma,cwmed, YAML with options, or a .ts or .js file that exports a rule')
  .option('--lambda <list>', 'Byzantine shares of the weight (default: 0.1,0.2,0.3,0.4,0.45)')
  .option('--workers <list>', 'numbers of vectors (default: 3,5,9)')
  .option('--dimension <list>', 'dimensions (default: 1,2,3)')
  .option('--runs <n>', 'searches from anew for each share, number of vectors and dimension (default: 10)')
  .option('--tries <n>', 'configurations tried in each search (default: 1500)')
  .option('--seconds <s>', 'ends the hunt after that time; what was found so far counts')
  .option('--seed <n>', 'seed of all random draws (default: 1)')
  .option('--out <dir>', 'folder for figure and results (default: runs/check-NAME)')
  .option('--json', 'print one JSON object on standard output and nothing else')
  .option('--quiet', 'show no progress')
  .action(async (rule: string, options: CheckOptions) => {
    process.exitCode = await checkCommand(rule, options);
  });

program
  .command('export')
  .description('a run for other people’s programs: its trace for the Perfetto UI, or its measurements as CSV')
  .argument('<dir>', 'the run’s folder')
  .option('--to <format>', 'perfetto (of a run with --trace) or csv')
  .option('--out <file>', 'file to write (default: trace.perfetto.json or metrics.csv in the run’s folder)')
  .action(async (folder: string, options: ExportOptions) => {
    process.exitCode = await exportCommand(folder, options);
  });

program
  .command('list')
  .description('everything that a scenario can name, with parameters, preconditions and sources')
  .argument('[kind]', 'aggregators, attacks, methods, protocols, delays, models, datasets or partitions')
  .addOption(new Option('--json', 'print JSON').conflicts('markdown'))
  .option('--markdown', 'print a page of Markdown')
  .action((kind: string | undefined, options: ListOptions) => listCommand(kind, options));

program
  .command('schema')
  .description('JSON Schema of scenario files, for editors')
  .action(() => print(JSON.stringify(scenarioJsonSchema(), null, 2)));

try {
  await program.parseAsync();
} catch (error) {
  // Commander has told what is wrong by now; help and version are no faults.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCode.finished : exitCode.input;
  else process.exitCode = tell(error);
}
