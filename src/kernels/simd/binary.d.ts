/** The compiled kernels, base64; `npm run build` writes the module. */
export const binary: string;
