/** All of mathjs in one file, which comes without types. */
declare module 'mathjs/lib/browser/math.js' {
  import type { MathNode } from 'mathjs';

  const math: { readonly parse: (text: string) => MathNode };
  export default math;
}
