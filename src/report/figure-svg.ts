import type { TopLevelSpec } from 'vega-lite';
import { FONT } from './figure-spec.js';
import { textWidth } from './text-width.js';

declare module 'vega' {
  /** How vega measures text: an export that its typings lack. */
  export const textMetrics: { width: (item: { fontSize?: number }, text: unknown) => number };
}

/**
 * Draws a Vega-Lite spec as SVG text; the same spec gives the same text. Loads vega at its first call (about a second)
 * and from then on has vega, in this process, take text widths from a table: without a canvas it would guess, with one
 * they would depend on the fonts installed.
 */
export const figureSvg = async (spec: TopLevelSpec): Promise<string> => {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  vega.textMetrics.width = ({ fontSize }, text) => textWidth(String(text), fontSize ?? FONT.size);
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
};
