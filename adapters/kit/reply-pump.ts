import { pause } from '../../src/kit/wait';
import { heed, mayPost } from './reply-calls';
import { deal, fail, hasWork, type ReplyJob } from './reply-state';

/** Brings what waits into the chat, one call at a time. */
export class ReplyPump {
  readonly #job: ReplyJob;
  /** Aborted when no pause between calls is worth while any more: the answer was broken off, or is to end. */
  readonly #awake: AbortSignal;
  #ready: Promise<void> | undefined;
  #running: Promise<void> | undefined;

  constructor(job: ReplyJob, awake: AbortSignal) {
    this.#job = job;
    this.#awake = awake;
  }

  /** Starts to show what waits, where there is something to show and that is not happening already. */
  start(): void {
    if (!hasWork(this.#job)) return;
    this.#running ??= this.#run()
      .catch(() => fail(this.#job, 'broke'))
      .finally(() => {
        this.#running = undefined;
        this.start();
      });
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
    await this.#readied();
  }

  async #readied(): Promise<void> {
    this.#ready ??= this.#job.transport.ready?.();
    await this.#ready;
  }

  /** The last words of all are left to the call that closes their message. */
  async #run(): Promise<void> {
    await this.#readied();
    const { state, transport } = this.#job;
    while (hasWork(this.#job)) {
      state.open ??= transport.open(state.hasShown);
      const { open } = state;
      const waitMs = state.phase === 'ending' ? 0 : open.waitMs(state.hasShown);
      if (waitMs > 0) {
        await pause(waitMs, this.#awake);
        continue;
      }
      const { text, full } = deal(this.#job);
      if (state.phase === 'ending' && state.waiting === '' && !full) return;
      const may = mayPost(this.#job);
      heed(this.#job, await (full ? open.fill(text, may) : open.grow(text, may)));
    }
  }
}
