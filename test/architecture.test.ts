import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import test from 'ava';
import ts from 'typescript';

const root = join(import.meta.dirname, '..', '..');
const source = join(root, 'src');

const files = (readdirSync(source, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => file.split(sep).join('/'));

const folderOf = (file: string): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : 'index');

/** What each folder of src may import from; `registry` holds only the form of what scenarios can name. */
const below = ['registry', 'random', 'kernels', 'weighted'];
const world = [...below, 'scheduler', 'attacks', 'switching', 'learning', 'compressors', 'methods', 'network'];
const allowed: Readonly<Record<string, readonly string[]>> = {
  registry: [],
  random: ['registry'],
  kernels: [],
  weighted: ['registry', 'kernels'],
  scheduler: [],
  attacks: below,
  switching: ['registry', 'random'],
  learning: below,
  network: [...below, 'scheduler'],
  compressors: ['registry', 'random', 'kernels'],
  methods: [...below, 'learning', 'compressors'],
  engine: world,
  protocols: [...world, 'engine'],
  // What is in the way of models and messages: each is asked by the engine, in its terms, but the engine knows none of them.
  carriers: [...world, 'engine'],
  policies: [...world, 'engine'],
  scenario: [...world, 'engine', 'protocols', 'carriers', 'policies'],
  // Report reads the engine's events, and what they are made of.
  report: ['engine', 'learning', 'scheduler', 'registry'],
  study: ['attacks', 'scenario', 'report'],
  testing: [...below, 'attacks'],
  threads: [...world, 'engine', 'scenario'],
  cli: [...world, 'engine', 'protocols', 'policies', 'scenario', 'report', 'study', 'threads', 'testing'],
  index: [...world, 'engine', 'protocols', 'carriers', 'policies', 'scenario', 'report'],
};

const rxjsIn = ['scheduler', 'network', 'engine', 'protocols', 'report', 'cli', 'scenario/run-scenario.ts', 'index'];
const nodeIn = ['cli/', 'threads/'];

interface Import {
  readonly file: string;
  readonly specifier: string;
}

/** Every module that a file names: in import and export declarations, and in import(…). */
const importsOf = (file: string): readonly Import[] => {
  const found: Import[] = [];
  const tree = ts.createSourceFile(file, readFileSync(join(source, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier)
      found.push({ file, specifier: (node.moduleSpecifier as ts.StringLiteral).text });
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      found.push({ file, specifier: (node.arguments[0] as ts.StringLiteral).text });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
};

const imports = files.flatMap(importsOf);

const target = ({ file, specifier }: Import): string =>
  relative(source, normalize(join(source, dirname(file), specifier)))
    .split(sep)
    .join('/');

test('imports run downwards only', (t) => {
  const wrong = imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map((one) => ({ from: folderOf(one.file), to: folderOf(target(one)), file: one.file }))
    .filter(({ from, to }) => from !== to && !allowed[from]?.includes(to));
  t.deepEqual(wrong, []);
  t.true(imports.length > 300, 'the imports were read');
});

test('every folder has its place in the table', (t) => {
  t.deepEqual(
    [...new Set(files.map(folderOf))].filter((folder) => !(folder in allowed)),
    [],
  );
});

test('rxjs is imported only where streams are, and only from its root', (t) => {
  const used = imports.filter(({ specifier }) => specifier === 'rxjs' || specifier.startsWith('rxjs/'));
  t.deepEqual(
    used.filter(({ specifier }) => specifier !== 'rxjs'),
    [],
  );
  t.deepEqual(
    used.filter(({ file }) => !rxjsIn.some((place) => folderOf(file) === place || file === place)),
    [],
  );
});

test('Node’s own modules are imported only by the command line and the threads', (t) => {
  const used = imports.filter(({ specifier }) => specifier.startsWith('node:'));
  t.deepEqual(
    used.filter(({ file }) => !nodeIn.some((place) => file.startsWith(place))),
    [],
  );
});

/** The files that importing one of them loads, now or later: also those named in import(…). */
const reachedFrom = (first: string): ReadonlySet<string> => {
  const reached = new Set([first]);
  for (const file of reached)
    for (const one of imports)
      if (one.file === file && one.specifier.startsWith('.')) reached.add(target(one).replace(/\.js$/, '.ts'));
  return reached;
};

test('the library’s root reaches no module of Node’s, not even later', (t) => {
  const reached = reachedFrom('index.ts');
  const used = imports.filter(({ file, specifier }) => reached.has(file) && specifier.startsWith('node:'));
  t.deepEqual(used, []);
  t.true(reached.size > 150, `${reached.size} files`);
  t.true(reached.has('learning/data/read-file.ts'), 'files that are imported later are reached');
});

/** Where host time and global randomness may be touched: nowhere that decides a result. */
const hostTime = ['cli/', 'scheduler/host.ts'];

test('nothing that decides a result reads a clock or a global generator', (t) => {
  const forbidden = /\b(Math\.random|Date\.now|new Date|performance\.now|setTimeout|setInterval|setImmediate)\b/;
  const wrong = files
    .filter((file) => !hostTime.some((place) => file.startsWith(place)))
    .filter((file) => forbidden.test(readFileSync(join(source, file), 'utf8')));
  t.deepEqual(wrong, []);
});

test('elementary functions come from implementations with the same bits everywhere', (t) => {
  const forbidden =
    /\bMath\.(exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|hypot)\b/;
  const wrong = files
    // Figures' axes and texts decide no result.
    .filter((file) => !file.startsWith('report/'))
    .filter((file) => forbidden.test(readFileSync(join(source, file), 'utf8')));
  t.deepEqual(wrong, []);
});
