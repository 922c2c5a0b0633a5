import type { Dataset } from './dataset.js';

/** An objective by what it is made of, which can be sent to another thread: a registered model, its options, its data. */
export interface ObjectiveSpec {
  readonly model: Readonly<Record<string, unknown>> & { readonly kind: string };
  readonly batch: number;
  readonly data: Dataset | undefined;
}
