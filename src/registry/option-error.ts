/** An option doesn't fit what its part is made for. The message is one sentence without the option's name. */
export class OptionError extends RangeError {
  override readonly name = 'OptionError';

  constructor(
    readonly option: string,
    message: string,
  ) {
    super(message);
  }
}
