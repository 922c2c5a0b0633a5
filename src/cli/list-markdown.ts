import type { CatalogueEntry } from '../scenario/catalogue.js';
import { weightsText } from './weights-text.js';

type Parameter = CatalogueEntry['parameters'][number];

const code = (text: string): string => `\`${text}\``;

/** A pipe would end a cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|');

const parameterRow = ({ name, required, default: value, description = '' }: Parameter): string => {
  const usual = required ? 'required' : value === undefined ? 'optional' : `default ${code(JSON.stringify(value))}`;
  return `| ${code(name)} | ${usual} | ${cell(description)} |`;
};

const entryText = (entry: CatalogueEntry): string => {
  const aliases = entry.aliases.length === 0 ? '' : ` Also ${entry.aliases.map(code).join(', ')}.`;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Needs', entry.precondition],
    ['Weights', weightsText(entry, code)],
    ['Knows', entry.knowledge],
    ['Sends', entry.formula],
    ['Cost', entry.complexity],
    ...(entry.constants ?? []).map(
      ({ name, formula, status, source }) => [`${name} = ${formula}`, `${status}: ${source}`] as const,
    ),
    ['No constant', entry.noConstant],
    ['Source', entry.source],
  ];
  const told = facts.flatMap(([name, text]) => (text === undefined ? [] : [`- **${name}**: ${text}`]));
  const table =
    entry.parameters.length === 0
      ? []
      : ['| option | | |', '| --- | --- | --- |', ...entry.parameters.map(parameterRow), ''];
  return [`### ${code(entry.name)}`, '', `${entry.summary}${aliases}`, '', ...table, ...told].join('\n');
};

/** What the letters of `sends` stand for, by kind. */
const legends: Readonly<Partial<Record<CatalogueEntry['kind'], string>>> = {
  attacks:
    'v: the worker’s own vector; x_i: the honest vectors at the server, s_i: their numbers of updates; μ, σ: their mean and standard deviation in each coordinate, weighted by s_i; h, b: honest and Byzantine updates; x, x⁰: the server’s model now and at the start. Weights count as so many repeats.',
  'server-attacks':
    'v: the model that the server would honestly send; m: the mean of the honest models that a reader reads, its own among them; x⁰: the model at the start. Byzantine servers know all, and their lies are made up when somebody reads them.',
};

/** All that say what they send, in one table; with what they know, where they tell. */
const sentTable = (entries: readonly CatalogueEntry[]): readonly string[] => {
  const knowing = entries.some(({ knowledge }) => knowledge !== undefined);
  const rows = entries
    .filter(({ formula }) => formula !== undefined)
    .map(({ name, knowledge = '', formula = '', parameters, source }) => {
      const options = parameters.map((parameter) => code(parameter.name)).join(', ');
      const knows = knowing ? `${knowledge} | ` : '';
      return `| [${code(name)}](#${name}) | ${knows}${cell(formula)} | ${options} | ${cell(source)} |`;
    });
  if (rows.length === 0) return [];
  const head = [
    `| |${knowing ? ' knows |' : ''} sends | options | source |`,
    `| ---${knowing ? ' | ---' : ''} | --- | --- | --- |`,
  ];
  const legend = legends[entries[0]!.kind];
  return [...(legend === undefined ? [] : [legend]), [...head, ...rows].join('\n')];
};

const capital = (text: string): string => (text.charAt(0).toUpperCase() + text.slice(1)).replaceAll('-', ' ');

/** Entries as a page of Markdown, kind by kind, operators apart from the rules that they work on. */
export const markdownOf = (entries: readonly CatalogueEntry[]): string => {
  const kinds = [...new Set(entries.map(({ kind }) => kind))];
  const sections = kinds.flatMap((kind) => {
    const own = entries.filter((entry) => entry.kind === kind);
    const operators = own.filter(({ operator }) => operator === true);
    const others = own.filter(({ operator }) => operator !== true);
    return [
      `# ${capital(kind)}`,
      ...sentTable(own),
      ...(operators.length === 0 ? [] : ['## Rules']),
      ...others.map(entryText),
      ...(operators.length === 0 ? [] : ['## Operators on any rule', ...operators.map(entryText)]),
    ];
  });
  return `${sections.join('\n\n')}\n`;
};
