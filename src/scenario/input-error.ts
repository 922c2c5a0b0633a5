/** The input is at fault: one clear sentence for the user, with the place where there is one. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
