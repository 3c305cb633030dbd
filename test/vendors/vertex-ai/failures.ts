import { createEgress } from '../../../src/egress/egress';
import { answer, createGate, type Gate, type Script } from '../../../src/prove/doubles/vendor-script';
import { startFakeVertex } from '../../../src/prove/doubles/vertex-ai/server';
import { createVertexAiConnector } from '../../../src/vendors/vertex-ai/connector';
import { listen, promptOf } from '../../support/vendors';

/** What was sent is lost in a reset: it waits until the first words were heard. */
const failuresOf = (heard: Gate): readonly Script[] => [
  answer(['one'], { ending: 'reset', gate: heard }),
  answer(['one'], { ending: 'malformed' }),
  answer(['one'], { ending: 'stall' }),
  { kind: 'raw', contentType: 'text/event-stream', body: '' },
];

/**
 * Answers that fail, as a process of its own, for Jest hides rejections that nobody hears: Node ends at the first
 * one. It prints what each failure was told as. `ts-node -T test/vendors/vertex-ai/failures.ts`
 */
async function main(): Promise<void> {
  const fake = await startFakeVertex();
  const { origin, project, location, model, token } = fake;
  const egress = createEgress({ hosts: [fake.host] });
  for (const engine of ['vertexai', 'genai'] as const) {
    const place = { project, location, models: [model] as const, baseURL: origin, getToken: async () => token };
    const connector = createVertexAiConnector({ ...place, engine, fetch: egress.fetch });
    const heard = createGate();
    heard.next();
    for (const failure of failuresOf(heard)) {
      fake.script(failure);
      const stop = new AbortController();
      const isStopped = failure.kind === 'answer' && failure.ending === 'stall';
      const { error } = await listen(connector, promptOf('Hi'), stop.signal, {
        onDelta: () => (isStopped ? stop.abort() : heard.open()),
      });
      await new Promise((resolve) => setImmediate(resolve));
      console.log(String(error));
    }
  }
  egress.close();
  await fake.close();
}

void main();
