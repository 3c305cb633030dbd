import type { Form } from './forms';

/** Which of the forms lie in some bytes. */
export type Matcher = (bytes: Buffer) => readonly Form[];

/** Below so many bytes one pass by hand is quicker than a search for each form. */
const SHORT_BYTES = 64 * 1024;

/** Many forms at once: short bytes are passed through once, and compared where two bytes begin a form. */
export function createMatcher(forms: readonly Form[]): Matcher {
  const byStart = new Map<number, Form[]>();
  const begins = new Uint8Array(65_536);
  for (const form of forms) {
    const start = form.bytes.readUInt16BE(0);
    begins[start] = 1;
    byStart.set(start, [...(byStart.get(start) ?? []), form]);
  }
  const byHand: Matcher = (bytes) => {
    const found = new Set<Form>();
    let start = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      start = ((start << 8) | (bytes[at] ?? 0)) & 0xffff;
      if (begins[start] === 0 || at === 0) continue;
      for (const form of byStart.get(start) ?? []) {
        const end = at - 1 + form.bytes.length;
        if (end <= bytes.length && form.bytes.compare(bytes, at - 1, end) === 0) found.add(form);
      }
    }
    return [...found];
  };
  return (bytes) => (bytes.length < SHORT_BYTES ? byHand(bytes) : forms.filter((form) => bytes.includes(form.bytes)));
}
