import { textWidth } from './text-width.js';

/** A run by name, with the preconditions of its protocol's theorem that don't hold for it, if some don't. */
export interface Guarded {
  readonly name: string;
  readonly outsideTheorem?: readonly string[] | undefined;
}

const MARK = '†';
const INK = '#b00000';
const SIZE = 11;

/** A run's name in tables and legends, marked where the run is outside its protocol's theorem. */
export const markedName = ({ name, outsideTheorem }: Guarded): string =>
  outsideTheorem === undefined ? name : `${name} ${MARK}`;

/** The sentences as one text. */
export const outsideText = (sentences: readonly string[]): string =>
  `outside the theorem: ${sentences.map((sentence) => sentence.replace(/\.$/, '')).join('; ')}`;

/** What the mark means for these runs: a line each for those that are outside for the same reasons; none where no run is marked. */
export const outsideNotes = (runs: readonly Guarded[]): readonly string[] => {
  const names = new Map<string, string[]>();
  for (const { name, outsideTheorem } of runs) {
    if (outsideTheorem === undefined) continue;
    const text = outsideText(outsideTheorem);
    names.set(text, [...(names.get(text) ?? []), name]);
  }
  return [...names].map(([text, of]) => (names.size === 1 ? `${MARK} ${text}` : `${MARK} ${of.join(', ')}: ${text}`));
};

/** A text in lines that are no wider than so many pixels, unless one word is. */
export const wrapped = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)!} ${word}`;
    if (lines.length > 0 && textWidth(longer, SIZE) > width) lines.push(word);
    else lines[Math.max(0, lines.length - 1)] = longer;
  }
  return lines;
};

/** The title of a figure so many pixels wide, with notes below it; what is to be spread into a Vega-Lite spec. */
export const noted = (title: string | undefined, notes: readonly string[], width: number) => {
  const lines = notes.flatMap((note) => wrapped(note, width));
  if (lines.length === 0) return title === undefined ? {} : { title };
  if (title === undefined) return { title: { text: lines, fontSize: SIZE, fontWeight: 'normal' as const, color: INK } };
  return { title: { text: title, subtitle: lines, subtitleFontSize: SIZE, subtitleColor: INK } };
};
