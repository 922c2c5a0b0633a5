/** Small data for runs of which nobody looks at the accuracy. */
export const clouds = { kind: 'gaussian', rows: 300, testRows: 100, features: 12 } as const;
