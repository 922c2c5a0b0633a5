import stringWidth from 'string-width';

const GAP = '  ';

/**
 * Rows of cells, each of one line, as lines of text in columns as wide as their widest cell on a terminal; without spaces at
 * the lines' ends, without a line end.
 */
export const aligned = (rows: readonly (readonly string[])[], alignments: readonly ('left' | 'right')[]): string => {
  const widths = alignments.map((_, column) => Math.max(0, ...rows.map((row) => stringWidth(row[column]!))));
  const padded = (cell: string, column: number): string => {
    const space = ' '.repeat(widths[column]! - stringWidth(cell));
    return alignments[column] === 'left' ? cell + space : space + cell;
  };
  return rows.map((row) => row.map(padded).join(GAP).trimEnd()).join('\n');
};
