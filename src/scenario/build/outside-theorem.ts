import type { Crew, Protocol } from '../../engine/protocol.js';
import { Misfit, reasonOf } from '../misfit.js';
import type { Scenario } from '../schema.js';

/**
 * The preconditions of the protocol's theorem that don't hold for those who take part, a sentence each.
 * @throws Misfit that states them, unless the scenario allows to run outside the theorem.
 */
export const outsideTheorem = (
  { allowUnsafe = false }: Pick<Scenario, 'allowUnsafe'>,
  protocol: Pick<Protocol, 'outside'>,
  crew: Crew,
): readonly string[] => {
  const outside = protocol.outside?.(crew) ?? [];
  if (outside.length === 0 || allowUnsafe) return outside;
  const told = outside.map((message) => reasonOf({ message })).join('; ');
  throw new Misfit(['protocol'], `${told}; --allow-unsafe runs it anyway, outside the theorem`);
};
