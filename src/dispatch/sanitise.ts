import { openText, type SafeText, sealSafeText, type Text } from '../text/text';

/** A stateful stream transform over a model's answer. */
export interface Sanitiser {
  push(piece: Text): SafeText;
  flush(): SafeText;
}

export interface SanitiserOptions {
  readonly dialect: 'slack' | 'teams' | 'local';
  readonly linkHosts: readonly string[];
}

export function createSanitiser(_options: SanitiserOptions): Sanitiser {
  return {
    push: (piece) =>
      sealSafeText(openText(piece).replaceAll('<', '‹').replaceAll('://', ': //').replaceAll('](', '] (')),
    flush: () => sealSafeText(''),
  };
}
