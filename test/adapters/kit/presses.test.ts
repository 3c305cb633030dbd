import { actionOf, answerAgreed, takePress } from '../../../adapters/kit/presses';
import type { ConsentAction, ConsentHandler, ConsentView } from '../../../src/consent/consent';
import type { CardAction } from '../../../src/model/card';
import { MARKDOWN } from '../../../src/model/dialect';
import type { Turn } from '../../../src/model/turn';
import { aNotice } from '../../support/consent';
import { aRegister } from '../../support/inputs';
import { noSign } from '../../support/sign';
import { aPerson, aTurn } from '../../support/turns';

const question = aTurn().message;
const granted: ConsentView = {
  kind: 'granted',
  notices: [aNotice('one')],
  already: false,
  validUntil: Date.UTC(2027, 10, 28),
};
const origin = { surface: 'button', language: 'en', input: { id: 'press:1' } } as const;

function pressed(action: CardAction, view: ConsentView, heard: ConsentAction[] = []) {
  const consent = {
    async act(_person, asked) {
      heard.push(asked);
      return view;
    },
  } as Partial<ConsentHandler> as ConsentHandler;
  return takePress({ person: aPerson(), action, origin, readsAgain: true }, consent);
}

describe('a press', () => {
  it('carries what its button carried and nothing else, and whether the box was ticked', async () => {
    const fields = { do: 'grant', vendor: 'one', part: undefined, purpose: 'use', noticeId: 'n1' } as const;
    expect(actionOf(fields, question, true)).toEqual({
      do: 'grant',
      vendor: 'one',
      purpose: 'use',
      noticeId: 'n1',
      question,
      training: true,
    });
    expect(actionOf({ do: 'help' }, undefined, false)).toEqual({ do: 'help' });
  });

  it('is decided on without the question, which waits for its answer once the person agreed', async () => {
    const heard: ConsentAction[] = [];
    const { agreed, end } = await pressed(
      { do: 'grant', vendor: 'one', purpose: 'training', question },
      granted,
      heard,
    );
    expect(heard).toEqual([{ do: 'grant', vendor: 'one', purpose: 'training' }]);
    expect(agreed).toEqual({ person: aPerson(), question, agreedTo: 'training', language: 'en', pressId: 'press:1' });
    expect(end).toBe('done');
  });

  it('leads to no answer where nothing was agreed to, or nothing was asked', async () => {
    const refused: ConsentView = { kind: 'refused', reason: 'ledger-unavailable' };
    expect(await pressed({ do: 'grant', question }, refused)).toMatchObject({ agreed: undefined, end: 'failed' });
    expect(await pressed({ do: 'grant' }, granted)).toMatchObject({ agreed: undefined });
  });
});

describe('a question that was agreed to', () => {
  const agreed = { person: aPerson(), question, agreedTo: 'use', language: 'en', pressId: 'press:1' } as const;
  const surface = {
    dialect: MARKDOWN,
    readsAgain: true,
    sign: noSign,
    openReply: () => ({ write() {}, end: async () => ({ delivered: true }) as const }),
    tellPrivately: async () => true,
    readThread: async () => ({ kind: 'read', messages: [] }) as const,
    readFile: async () => ({ kind: 'unavailable', reason: 'failed' }) as const,
  };

  async function answered(words: string | undefined, times = 1, files: Turn['files'] = []): Promise<readonly string[]> {
    const came: string[] = [];
    const parts = {
      inbox: { receive: () => void came.push('asked'), stop: () => 'nothing' as const, stopIn() {} },
      inputs: aRegister(),
      now: () => 0,
      wishes: ['stop'] as const,
      readAgain: async () => (words === undefined ? undefined : { turn: aTurn({ question: words, files }), surface }),
      tell: async () => came.push('told to send it again'),
    };
    for (let time = 0; time < times; time += 1) await answerAgreed(agreed, parts);
    return came;
  }

  it('is asked as it stands on the platform now, once', async () => {
    expect(await answered('What is a turn?', 2)).toEqual(['asked']);
  });

  it('is asked where it has files alone', async () => {
    expect(await answered('', 1, [{ id: 'F1', mediaType: 'image/png', size: 1 }])).toEqual(['asked']);
  });

  it.each([
    ['is gone', undefined],
    ['has no words any more', ''],
    ['is a command by now', '/dejiren-optin off'],
    ['is a wish by now', 'stop'],
  ])('is to be sent again where it %s', async (_name, words) => {
    expect(await answered(words)).toEqual(['told to send it again']);
  });
});
