type Who = 'workers' | 'servers';

const counted = (n: number, who: Who): string => (n === 1 ? `1 ${who.slice(0, -1)}` : `${n} ${who}`);

/** `there are 6 servers`, `there is 1 server`. */
export const thereAre = (n: number, who: Who): string => `there ${n === 1 ? 'is' : 'are'} ${counted(n, who)}`;

/** `2 servers are Byzantine`, `1 server is Byzantine`. */
export const areByzantine = (n: number, who: Who): string => `${counted(n, who)} ${n === 1 ? 'is' : 'are'} Byzantine`;
