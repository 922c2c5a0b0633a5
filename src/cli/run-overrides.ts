import { parseOverride, type Override } from '../scenario/overrides.js';

/** The overrides of a command line: those written as `key=value`, then those that options stand for. @throws InputError with one sentence. */
export const overridesOf = (
  texts: readonly string[],
  {
    seed,
    timeline,
    allowUnsafe,
  }: { readonly seed?: string; readonly timeline?: string; readonly allowUnsafe?: boolean },
): readonly Override[] => {
  const option = (name: string, key: string, value: string | undefined): readonly Override[] =>
    value === undefined ? [] : [{ ...parseOverride(`${key}=${value}`), text: `--${name} ${value}` }];
  return [
    ...texts.map(parseOverride),
    ...option('seed', 'seed', seed),
    ...option('timeline', 'measure.timeline', timeline),
    ...(allowUnsafe === true ? [{ ...parseOverride('allowUnsafe=true'), text: '--allow-unsafe' }] : []),
  ];
};
