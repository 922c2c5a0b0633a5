import type { ResolvedRun } from '../scenario/resolve.js';

/** What a run is called in tables and figures. */
export const labelOf = ({ label, scenario }: ResolvedRun): string =>
  label === '' ? (scenario.label ?? scenario.name) : label;
