/**
 * What is said of rules, said of clipped differences over them, too: a law sees the first call, outside of a run, where nobody
 * tells how far a model has moved. There the result is the base rule's.
 */
export const asFirstCall = <Named extends { readonly rules: readonly string[] }>(named: Named): Named => ({
  ...named,
  rules: [
    ...named.rules,
    ...named.rules.filter((rule) => !rule.includes('∘')).map((rule) => `clipped-differences∘${rule}`),
  ],
});
