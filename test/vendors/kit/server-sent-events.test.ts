import fc from 'fast-check';
import { createEventDecoder, type SentEvent } from '../../../src/vendors/kit/server-sent-events';
import { VendorError } from '../../../src/vendors/kit/vendor-error';

function decode(pieces: readonly string[]): readonly SentEvent[] {
  const decoder = createEventDecoder();
  return [...pieces.flatMap((piece) => decoder.push(piece)), ...decoder.end()];
}

const dataOf = (events: readonly SentEvent[]) =>
  events.flatMap((event) => (event.kind === 'data' ? [[event.name, event.data]] : []));

describe('server-sent events', () => {
  it.each([
    ['one', 'data: a\n\n', [['', 'a']]],
    ['without a space', 'data:a\n\n', [['', 'a']]],
    ['with more than one', 'data:  a\n\n', [['', ' a']]],
    ['with a name', 'event: x\ndata: a\n\n', [['x', 'a']]],
    ['with the name behind it', 'data: a\nevent: x\n\n', [['x', 'a']]],
    ['of two lines', 'data: a\ndata: b\n\n', [['', 'a\nb']]],
    [
      'two without a line between them',
      'data: {"a":1}\ndata: {"b":2}\n',
      [
        ['', '{"a":1}'],
        ['', '{"b":2}'],
      ],
    ],
    ['JSON over several lines', 'data: {\ndata: "a": 1}\n\n', [['', '{\n"a": 1}']]],
    ['JSON over lines without the name of the field', 'data: {\n  "a": 1\n}\n\n', [['', '{\n  "a": 1\n}']]],
    ['without an end', 'data: a', [['', 'a']]],
    ['JSON alone', '{"a":1}', [['', '{"a":1}']]],
    [
      'JSON lines',
      '{"a":1}\n{"b":2}\n',
      [
        ['', '{"a":1}'],
        ['', '{"b":2}'],
      ],
    ],
    [
      'JSON that is printed prettily, between events',
      'data: a\n\n{\n  "b": 2\n}\ndata: c\n\n',
      [
        ['', 'a'],
        ['', '{\n  "b": 2\n}'],
        ['', 'c'],
      ],
    ],
    ['JSON that is no whole', '{"a":', [['', '{"a":']]],
    ['a list over several lines', '[{\n  "a": 1\n}\n,\n{\n}\n]\n', [['', '[{\n  "a": 1\n}\n,\n{\n}\n]']]],
    ['the name of an error before bare JSON', 'event: error\n{"a":1}\n\n', [['error', '{"a":1}']]],
  ])('are read: %s', (_name, text, events) => {
    for (const end of ['\n', '\r\n', '\r']) {
      const wire = text.replaceAll('\n', end);
      const expected = events.map(([name, data]) => [name, data]);
      expect(dataOf(decode([wire]))).toEqual(expected);
      expect(dataOf(decode([...wire]))).toEqual(expected);
    }
  });

  it('are the same however they are cut', () => {
    const part = fc.constantFrom(
      'data: {"a":1}\n\n',
      'event: x\n',
      ': c\n',
      'data: b\r\n\r\n',
      '{"c":2}\n',
      '\r',
      '\0',
      'odd\n',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.array(fc.nat(80), { maxLength: 6 }), (parts, cuts) => {
        const text = parts.join('');
        const marks = [0, ...cuts.filter((cut) => cut < text.length).sort((one, other) => one - other), text.length];
        const pieces = marks.slice(1).map((mark, index) => text.slice(marks[index], mark));
        expect(decode(pieces)).toEqual(decode([text]));
      }),
      { numRuns: 500, seed: 20261128 },
    );
  });

  it('tell of comments and of lines that are none of theirs', () => {
    expect(decode([': ping\n\nwhat\nid: 1\nretry: 5\nevent: x\n\n']).map(({ kind }) => kind)).toEqual([
      'comment',
      'line',
      'comment',
    ]);
  });

  it('are no page', () => {
    for (const page of ['<!doctype html>', '\n\n  <html>\n<body>'])
      expect(() => decode([page])).toThrow(new VendorError('protocol'));
    expect(dataOf(decode(['data: <b>\n\n']))).toEqual([['', '<b>']]);
  });

  it('are bounded in their lines', () => {
    const decoder = createEventDecoder();
    decoder.push('data: {\n');
    expect(() => decoder.push('}}\n'.repeat(2_000))).toThrow(new VendorError('protocol'));
  });

  it('are bounded', () => {
    const mebibyte = 'x'.repeat(1024 * 1024);
    for (const [first, rest] of [
      ['data: ', ''],
      ['{', ''],
      ['', 'data: '],
    ] as const) {
      const decoder = createEventDecoder();
      decoder.push(first);
      expect(() => {
        for (let piece = 0; piece < 20; piece += 1) decoder.push(rest === '' ? mebibyte : `${rest}${mebibyte}\n`);
      }).toThrow(new VendorError('protocol'));
    }
  });
});
