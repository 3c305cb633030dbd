/** A chat platform cannot be connected as it is set up. `advice` is a whole sentence for the operator. */
export class SetupError extends Error {
  readonly advice: string;

  constructor(advice: string) {
    super('platform setup');
    this.name = 'SetupError';
    this.advice = advice;
  }
}
