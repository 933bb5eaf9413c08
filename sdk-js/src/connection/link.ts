import { LocalCode, TidegateError, asTidegateError } from '../errors.js';
import type { AnswerFrame, ClientFrame, ConnectedFrame, ErrorFrame, ServerFrame } from '../frames.js';
import type { Followed, Line } from '../transport/line.js';
import type { TransportName } from '../types.js';
import type { Down } from './backoff.js';
import type { Dialer } from './dialer.js';
import { Heartbeat } from './heartbeat.js';
import { Requests } from './requests.js';

export interface LinkListener {
  /** At first; a stream that changes its channels says it again. */
  connected(frame: ConnectedFrame, line: Line): void;
  frame(frame: ServerFrame): void;
  /** Once, last. @param reached whether the gateway was: if not, its transport may be at fault */
  down(down: Down, reached: boolean): void;
}

/** What one attempt begins with. */
export interface Attempt {
  readonly transport: TransportName;
  readonly followed: readonly Followed[];
  /** How long it may take to open. */
  readonly patienceMs: number;
  /** The connectionKey to go on with. */
  readonly resume: string | undefined;
}

/** One line, from the attempt to open it until it is gone: nothing is heard of it afterwards. */
export class Link {
  readonly #listener: LinkListener;
  readonly #requests: Requests;
  readonly #timeout: ReturnType<typeof setTimeout>;
  #line: Line | undefined;
  #heartbeat: Heartbeat | undefined;
  #spoke = false;
  #over = false;

  constructor(dialer: Dialer, attempt: Attempt, listener: LinkListener) {
    this.#listener = listener;
    this.#requests = new Requests(dialer.timeoutMs);
    const { patienceMs } = attempt;
    this.#timeout = setTimeout(() => this.#down({ error: new TidegateError(LocalCode.timeout, `no connection within ${patienceMs} ms`) }), patienceMs);
    void this.#open(dialer, attempt);
  }

  get transport(): TransportName | undefined {
    return this.#line?.transport;
  }

  /** Undefined when the line has no way up. */
  ask(frame: ClientFrame): Promise<AnswerFrame> | undefined {
    const line = this.#line;
    return line?.send && this.#requests.ask((id) => line.send!({ ...frame, id }));
  }

  /** The device may have slept: is it still there? */
  check(): void {
    this.#heartbeat?.check();
  }

  /** @param why for whoever waits for an answer */
  close(why = new TidegateError(LocalCode.noAnswer, 'the connection was lost')): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timeout);
    this.#heartbeat?.stop();
    this.#line?.close();
    this.#requests.lost(why);
  }

  async #open(dialer: Dialer, attempt: Attempt): Promise<void> {
    try {
      const line = await dialer.dial(attempt, () => this.#over, { frame: (frame) => this.#heard(frame), down: (down) => this.#down(down) });
      if (this.#over) line?.close();
      else this.#line = line;
    } catch (thrown) {
      const error = asTidegateError(thrown);
      // A token that could not be had is no fault of the transport.
      this.#spoke = error.code === LocalCode.tokenProviderFailed;
      this.#down({ error });
    }
  }

  #heard(frame: ServerFrame): void {
    if (this.#over) return;
    this.#spoke = true;
    this.#heartbeat?.heard();
    if (frame.type === 'connected') this.#connected(frame);
    else if (isAnswer(frame)) this.#requests.answered(frame);
    else this.#listener.frame(frame);
  }

  #connected(frame: ConnectedFrame): void {
    clearTimeout(this.#timeout);
    const line = this.#line!;
    if (line.send) {
      this.#heartbeat ??= new Heartbeat(frame.pingIntervalMs, {
        ping: () => line.send!({ type: 'ping' }),
        silent: () => this.#down({ error: new TidegateError(40802, 'nothing was heard') }),
      });
    }
    this.#listener.connected(frame, line);
  }

  #down(down: Down): void {
    if (this.#over) return;
    this.close();
    const status = down.error?.status ?? 0;
    this.#listener.down(down, this.#spoke || (down.closeCode ?? 0) >= 4000 || (status > 0 && status !== 408));
  }
}

/** Whether a request waits for it: but for messages, what has an id answers the request of that id. */
function isAnswer(frame: ServerFrame): frame is AnswerFrame | ErrorFrame {
  return frame.type !== 'message' && (frame as AnswerFrame | ErrorFrame).id !== undefined;
}
