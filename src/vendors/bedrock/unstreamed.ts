import type { ConverseStreamOutput, StopReason, TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import { z } from 'zod';
import { DejirenError } from '../../model/errors';
import { errorIn, vendorErrorOfTold } from '../kit/told-error';
import { VendorError } from '../kit/vendor-error';

/** A 200 whose body is no stream of events: thrown through the SDK, which knows nothing to do with one. */
export class UnstreamedAnswer extends DejirenError<'bedrock', 'unstreamed'> {
  /** Kept where no printer of errors looks. */
  readonly #body: Uint8Array;

  constructor(body: Uint8Array) {
    super('UnstreamedAnswer', 'bedrock', 'unstreamed');
    this.#body = body;
  }

  /**
   * What it says as the events that a stream would have had: gateways answer whole where a model cannot stream. Throws
   * what the body tells as an error, and `protocol` where it is nothing of Bedrock's.
   *
   * Source: "Converse, Response Syntax", docs.aws.amazon.com/bedrock/latest/APIReference.
   */
  *events(): Generator<ConverseStreamOutput> {
    const value = parse(this.#body);
    const told = errorIn(value, '', (given) => 'output' in given);
    if (told !== undefined) throw vendorErrorOfTold(told);
    const whole = wholeSchema.safeParse(value);
    if (!whole.success) throw new VendorError('protocol');
    const { output, stopReason, usage } = whole.data;
    yield* eventsOfWhole({
      content: output.message.content,
      stopReason: stopReason as StopReason,
      usage: { ...usage, totalTokens: undefined },
    });
  }
}

/** An answer that came whole, as far as it is read. */
export interface WholeAnswer {
  readonly content: readonly { readonly text?: string | undefined }[];
  readonly stopReason: StopReason | undefined;
  readonly usage: TokenUsage | undefined;
}

/** A whole answer as the events that a stream would have had. */
export function* eventsOfWhole({ content, stopReason, usage }: WholeAnswer): Generator<ConverseStreamOutput> {
  for (const { text } of content)
    if (text !== undefined) yield { contentBlockDelta: { contentBlockIndex: 0, delta: { text } } };
  yield { messageStop: { stopReason } };
  yield { metadata: { usage, metrics: undefined } };
}

const wholeSchema = z.object({
  output: z.object({ message: z.object({ content: z.array(z.object({ text: z.string().optional() })) }) }),
  stopReason: z.string(),
  usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }),
});

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
}
