/** The inspector of Node in the program. Source: "Chrome DevTools Protocol", chromedevtools.github.io. */
export interface Inspector {
  call(method: string, parameters?: object): Promise<Record<string, unknown>>;
  /** Takes a heap snapshot; each piece of its text is handed over as it comes. */
  snapshot(take: (piece: string) => void): Promise<void>;
  /** Threads of JavaScript besides the main one, each with a memory of its own. */
  threads(): Promise<number>;
  close(): void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly chunk?: string };
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

export async function openInspector(url: string): Promise<Inspector> {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error('the inspector did not answer')), { once: true });
  });
  const waiting = new Map<
    number,
    { resolve: (result: Record<string, unknown>) => void; reject: (error: Error) => void }
  >();
  let onChunk: (piece: string) => void = () => undefined;
  let [count, threads] = [0, 0];
  socket.addEventListener('message', ({ data }) => {
    const { id, method, params, result, error } = JSON.parse(String(data)) as Message;
    if (method === 'NodeWorker.attachedToWorker') threads += 1;
    if (method === 'HeapProfiler.addHeapSnapshotChunk') onChunk(params?.chunk ?? '');
    const one = id === undefined ? undefined : waiting.get(id);
    if (one === undefined || id === undefined) return;
    waiting.delete(id);
    if (error === undefined) one.resolve(result ?? {});
    else one.reject(new Error(error.message));
  });
  const call: Inspector['call'] = (method, params = {}) => {
    count += 1;
    const id = count;
    socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  };
  return {
    call,
    async snapshot(take) {
      onChunk = take;
      await call('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    },
    async threads() {
      await call('NodeWorker.enable', { waitForDebuggerOnStart: false });
      return threads;
    },
    close: () => socket.close(),
  };
}
