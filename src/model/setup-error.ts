import { DejirenError } from './errors';

/** A chat platform cannot be connected as it is set up. `advice` is a whole sentence for the operator. */
export class SetupError extends DejirenError<'setup', 'refused'> {
  constructor(advice: string) {
    super('SetupError', 'setup', 'refused', advice);
  }
}
