import { DejirenError } from '../model/errors';

/** A request was not sent, or its answer not followed. `host` is the one that was refused. */
export class EgressRefusedError extends DejirenError<'egress', 'host-not-allowed' | 'redirect'> {
  readonly host: string;

  constructor(code: EgressRefusedError['code'], host: string) {
    super('EgressRefusedError', 'egress', code);
    this.host = host;
  }
}
