import { catalogue, catalogueKinds, type CatalogueEntry, type CatalogueKind } from '../scenario/catalogue.js';
import { InputError } from '../scenario/input-error.js';
import { didYouMean } from '../scenario/nearest.js';
import { markdownOf } from './list-markdown.js';
import { print } from './output.js';
import { weightsText } from './weights-text.js';

/** The options of `tardigrade list`. */
export interface ListOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** Other words for kinds. */
const otherWords: Readonly<Record<string, CatalogueKind>> = {
  rules: 'aggregators',
  rule: 'aggregators',
  operators: 'aggregators',
  operator: 'aggregators',
  objectives: 'models',
  objective: 'models',
  data: 'datasets',
  'data-sets': 'datasets',
  switching: 'switchings',
  distributions: 'delays',
  distribution: 'delays',
  availability: 'availabilities',
  compression: 'compressors',
};

const kindOf = (word: string | undefined): CatalogueKind | undefined => {
  if (word === undefined) return undefined;
  const meant = otherWords[word] ?? word;
  const kind = catalogueKinds.find((known) => known === meant || known === `${meant}s`);
  if (kind === undefined)
    throw new InputError(
      `command line: unknown kind "${word}"; known are ${catalogueKinds.join(', ')}${didYouMean(word, catalogueKinds)}`,
    );
  return kind;
};

const parameterText = ({
  name,
  required,
  default: value,
  description,
}: CatalogueEntry['parameters'][number]): string => {
  const need = required ? 'required' : value === undefined ? 'optional' : `default ${JSON.stringify(value)}`;
  return `      - ${name} (${need})${description === undefined ? '' : `: ${description}`}`;
};

const entryText = (entry: CatalogueEntry): string => {
  const names = [entry.name, ...(entry.operator ? ['(operator: give it a base)'] : [])].join(' ');
  const weights = weightsText(entry);
  const aliases = entry.aliases.length === 0 ? '' : `  also ${entry.aliases.join(', ')}`;
  return [
    `  ${names}${aliases}`,
    `      ${entry.summary}`,
    ...entry.parameters.map(parameterText),
    ...(entry.formula === undefined ? [] : [`      sends: ${entry.formula}`]),
    ...(entry.precondition === undefined ? [] : [`      needs: ${entry.precondition}`]),
    ...(weights === undefined ? [] : [`      weights: ${weights}`]),
    ...(entry.constants ?? []).map(
      ({ name, formula, status, source }) => `      ${name} = ${formula} (${status}: ${source})`,
    ),
    ...(entry.noConstant === undefined ? [] : [`      no constant: ${entry.noConstant}`]),
    `      source: ${entry.source}`,
  ].join('\n');
};

/** `tardigrade list [KIND] [--json | --markdown]`. @throws InputError for an unknown kind. */
export const listCommand = (word: string | undefined, options: ListOptions): void => {
  const kind = kindOf(word);
  const entries = catalogue(kind);
  if (options.json) {
    print(JSON.stringify(entries, null, 2));
    return;
  }
  if (options.markdown) {
    print(markdownOf(entries));
    return;
  }
  const kinds = kind === undefined ? catalogueKinds : [kind];
  const sections = kinds.map((each) => {
    const texts = entries.filter((entry) => entry.kind === each).map(entryText);
    return `${each}\n${texts.join('\n')}`;
  });
  print(sections.join('\n\n'));
};
