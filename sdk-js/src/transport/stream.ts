import { LocalCode, TidegateError, asTidegateError, refused } from '../errors.js';
import type { ServerFrame } from '../frames.js';
import type { Query, Rest } from '../http/rest.js';
import { pastFrom } from '../live/past.js';
import { EventParser } from './events.js';
import type { Followed, Line, LineListener } from './line.js';

/** A stream says something each 15 s; a poll answers within 25 s. */
const SILENT_AFTER_MS = 45_000;

/** What outlives a line: the opaque position of the last set of channels. */
export interface StreamMemory {
  set?: string;
  id?: string;
}

/** What sse and poll have in common: a set of channels that may change, and one request at a time for it. */
export function openStream(transport: 'sse' | 'poll', rest: Rest, memory: StreamMemory, followed: readonly Followed[], patienceMs: number, listener: LineListener): Line {
  let over = false;
  let greeted = false;
  /** Whether the request under way asks for the past itself. */
  let rewound = false;
  let wanted = sorted(followed);
  let running: AbortController | undefined;
  let turn: ReturnType<typeof setTimeout> | undefined;

  const end = (thrown: unknown, afterMs?: number): void => {
    if (over) return;
    over = true;
    clearTimeout(turn);
    running?.abort();
    const error = asTidegateError(thrown);
    if (error.code === 40051) delete memory.id;
    listener.down({ error, afterMs: afterMs ?? error.retryAfter });
  };

  const hear = (frame: ServerFrame): void => {
    if (over) return;
    if (frame.type === 'connected') greeted = true;
    if (frame.type === 'error' && frame.channel === undefined) end(refused(frame), frame.retryAfterMs);
    else if (frame.type === 'reconnect') end(new TidegateError(50301, 'the node is going down'), frame.afterMs);
    else listener.frame(frame.type === 'subscribed' && rewound ? { ...frame, rewound } : frame);
  };

  const greet = (): void => {
    if (!greeted) hear({ type: 'connected', connectionId: '', resumed: false, clientId: null, pingIntervalMs: 25_000 });
  };

  async function run(followed: readonly Followed[], abort: AbortController): Promise<void> {
    const alarm = watch(abort, patienceMs);
    try {
      if (followed.length === 0) {
        await probe(rest, transport, abort.signal);
        greet();
        return;
      }
      const set = JSON.stringify(followed.map(({ channel, generation }) => [channel, generation]));
      if (memory.set !== set) {
        memory.set = set;
        delete memory.id;
      }
      if (transport === 'poll' && memory.id !== undefined && !greeted) {
        // It may wait for long, when nothing has happened: whether it will be answered is to be known now.
        await probe(rest, transport, abort.signal);
        greet();
        alarm.heard();
      }
      for (;;) {
        rewound = memory.id === undefined && rewindOf(followed) !== undefined;
        if (transport === 'sse') await events(await rest.open('/v1/sse', query(followed, 'lastEventId', memory.id), {}, abort.signal), alarm);
        else await poll(await rest.open('/v1/poll', query(followed, 'since', memory.id), {}, abort.signal), alarm);
      }
    } finally {
      alarm.stop();
    }
  }

  async function events(response: Response, alarm: Alarm): Promise<never> {
    const parser = new EventParser();
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) throw new TidegateError(LocalCode.noAnswer, 'the stream has ended');
      alarm.heard();
      for (const event of parser.push(value)) {
        if (event === undefined) continue;
        hear(JSON.parse(event.data) as ServerFrame);
        if (event.id !== undefined) memory.id = event.id;
      }
    }
  }

  async function poll(response: Response, alarm: Alarm): Promise<void> {
    const answer = (await response.json()) as { readonly events: readonly ServerFrame[]; readonly since: string };
    alarm.heard();
    greet();
    for (const frame of answer.events) hear(frame);
    memory.id = answer.since;
  }

  function restart(): void {
    running?.abort();
    const abort = new AbortController();
    running = abort;
    run(wanted, abort).catch((thrown: unknown) => {
      // One that was put aside for another set of channels has nothing more to say.
      if (running === abort) end(thrown);
    });
  }

  turn = setTimeout(restart);
  return {
    transport,
    past: pastFrom(rest),
    follow: (channels) => {
      const known = JSON.stringify(wanted);
      const changed = sorted(channels);
      if (over || JSON.stringify(changed) === known) return;
      wanted = changed;
      // What is subscribed in one turn shares one stream.
      clearTimeout(turn);
      turn = setTimeout(restart);
    },
    close: () => {
      over = true;
      clearTimeout(turn);
      running?.abort();
    },
  };
}

/** The same channels are the same set, whatever their order: a position belongs to a set. */
function sorted(channels: readonly Followed[]): readonly Followed[] {
  return [...channels].sort((a, b) => (a.channel < b.channel ? -1 : 1));
}

interface Alarm {
  heard(): void;
  stop(): void;
}

/** Ends a request that is silent: before its first word when `patienceMs` are over, later after {@link SILENT_AFTER_MS}. */
function watch(abort: AbortController, patienceMs: number): Alarm {
  let timer = setTimeout(() => abort.abort(), patienceMs);
  return {
    heard: () => {
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(), SILENT_AFTER_MS);
    },
    stop: () => clearTimeout(timer),
  };
}

/** A request without channels is refused, by a gateway that this transport reaches; the credential is looked at with the first channel. */
async function probe(rest: Rest, transport: 'sse' | 'poll', signal: AbortSignal): Promise<void> {
  try {
    await (await rest.open(`/v1/${transport}`, {}, {}, signal)).body?.cancel();
  } catch (thrown) {
    if (!(thrown instanceof TidegateError && thrown.status === 400)) throw thrown;
  }
}

/** A request has one for all its channels; where they differ, history is read. */
function rewindOf(followed: readonly Followed[]): number | string | undefined {
  const rewinds = new Set(followed.map(({ rewind }) => rewind));
  return rewinds.size === 1 ? [...rewinds][0] : undefined;
}

function query(followed: readonly Followed[], position: string, id: string | undefined): Query {
  return {
    channel: followed.map(({ channel }) => channel),
    presence: followed.some(({ presence }) => presence) ? 'true' : undefined,
    rewind: rewindOf(followed),
    [position]: id,
  };
}
