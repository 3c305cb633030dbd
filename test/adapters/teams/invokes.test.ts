import type { InvokeAnswer } from '../../../adapters/teams/bot';
import { createTeamsRoute } from '../../../adapters/teams/receiver';
import { startWebServer } from '../../../src/prove/doubles/web-server';
import { quietLog } from '../../support/consent';

const invoke = {
  type: 'invoke',
  id: 'f:1',
  channelId: 'msteams',
  serviceUrl: 'http://127.0.0.1/',
  from: { id: '29:u1', aadObjectId: '00000000-0000-0000-0000-000000000001' },
  recipient: { id: '28:bot' },
  conversation: { id: 'a:1', conversationType: 'personal', tenantId: '00000000-0000-0000-0000-000000000002' },
};

it('asks again for an answer that failed: Teams delivers an invoke again after a 500', async () => {
  const answers: InvokeAnswer[] = [{ status: 500 }, { status: 200, body: { card: 'here' } }];
  const taken: unknown[] = [];
  const route = createTeamsRoute({
    check: undefined,
    isService: () => true,
    tenants: undefined,
    taking: () => true,
    take: async (shape) => {
      taken.push(shape.id);
      return answers[taken.length - 1] ?? { status: 418 };
    },
    log: quietLog,
  });
  const web = await startWebServer((request, response) => void route.handle(request, response));
  const post = async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${web.url}/api/messages`, { method: 'POST', headers, body: JSON.stringify(invoke) });
    return [response.status, await response.text()];
  };
  expect(await post()).toEqual([500, '']);
  expect(await post()).toEqual([200, '{"card":"here"}']);
  expect(taken).toEqual(['f:1', 'f:1']);
  await web.close();
});
