import type { Dataset } from './dataset.js';

/** What the rows of `data` are, for messages: "images of 28 x 28 x 1" or "rows of 123 features". */
const describeRows = ({ shape }: Dataset): string =>
  shape.length === 3 ? `images of ${shape.join(' x ')}` : `rows of ${shape.join(' x ')} features`;

/**
 * The data that `model` learns from.
 * Throws a RangeError when there are none, when no example is there to learn from or to be tested on, or when
 * `fits`, if given, refuses them; `need` says what the model needs, in words that follow "model … needs".
 */
export const requireData = (
  model: string,
  data: Dataset | undefined,
  need = 'data to learn from',
  fits: (data: Dataset) => boolean = () => true,
): Dataset => {
  if (data === undefined) throw new RangeError(`model ${model} needs ${need}, but no data are named`);
  if (data.train.count < 1 || data.test.count < 1) {
    throw new RangeError(
      `model ${model} needs at least one example to learn from and one to be tested on; ` +
        `${data.name} has ${data.train.count} and ${data.test.count}`,
    );
  }
  if (!fits(data)) {
    const labels = data.classes === 0 ? 'real targets' : `${data.classes} classes`;
    throw new RangeError(`model ${model} needs ${need}; ${data.name} has ${describeRows(data)} and ${labels}`);
  }
  return data;
};
