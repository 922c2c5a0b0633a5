/** The part that a key names where a scenario is silent, by the key's path. */
export const defaultKinds: Readonly<Record<string, string>> = {
  protocol: 'asynchronous',
  attack: 'none',
  policy: 'none',
  'servers.attack': 'none',
  'learn.partition': 'shared',
};
