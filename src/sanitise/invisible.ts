/**
 * Characters that change how words are read without being seen: controls, zero-width ones, overrides of the writing
 * direction, tags, blank letters.
 */
const HIDDEN =
  /(?![\n\r\t])\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Variation_Selector}|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0/u;
/** Zero-width joiners join letters of some scripts and emoji; variation selectors choose a form. */
const JOINER = /^(?:\u200c|\u200d|\p{Variation_Selector})$/u;
const FLAG = '🏴';
const TAG = /^[\u{e0020}-\u{e007f}]$/u;
const LONE_HIGH_SURROGATE = /[\ud800-\udbff]$/;

/** Takes hidden characters out of a stream, except where a script or an emoji needs them. */
export interface InvisibleFilter {
  push(words: string): string;
  flush(): string;
}

export function createInvisibleFilter(): InvisibleFilter {
  let half = '';
  let previous = '';
  let flag = false;

  const keeps = (character: string): boolean => {
    if (TAG.test(character)) return flag;
    if (JOINER.test(character)) return previous > '\u007f' || (/^[0-9#*]$/.test(previous) && character === '\ufe0f');
    return !HIDDEN.test(character);
  };

  return {
    push(piece) {
      const words = half + piece;
      half = LONE_HIGH_SURROGATE.exec(words)?.[0] ?? '';
      const whole = half === '' ? words : words.slice(0, -1);
      if (whole === '') return '';
      if (!flag && !HIDDEN.test(whole)) {
        previous = [...whole.slice(-2)].at(-1) ?? '';
        flag = previous === FLAG;
        return whole;
      }
      let kept = '';
      for (const character of whole) {
        if (!keeps(character)) continue;
        kept += character;
        if (!TAG.test(character)) flag = character === FLAG;
        previous = character;
      }
      return kept;
    },
    flush() {
      const rest = half;
      half = '';
      return rest;
    },
  };
}
