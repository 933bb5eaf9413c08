import { LocalCode, TidegateError, refused } from '../errors.js';
import type { ServerFrame } from '../frames.js';
import type { TidegateOptions } from '../types.js';
import type { Line, LineListener } from './line.js';

/** What the first `auth` says. */
export interface Greeting {
  readonly token: string;
  readonly resume: string | undefined;
  readonly echo: false | undefined;
}

/** Undefined when it is none: not this gateway's. */
function frameOf(data: unknown): ServerFrame | undefined {
  try {
    return JSON.parse(String(data)) as ServerFrame;
  } catch {
    return undefined;
  }
}

export function openWebSocket(WebSocket: NonNullable<TidegateOptions['WebSocket']>, base: string, greeting: Greeting, listener: LineListener): Line {
  const socket = new WebSocket(`${base.replace(/^http/, 'ws')}/v1/ws`);
  let over = false;
  let error: TidegateError | undefined;
  let afterMs: number | undefined;
  const end = (closeCode?: number): void => {
    if (over) return;
    over = true;
    listener.down({ closeCode, error, afterMs: afterMs ?? error?.retryAfter });
  };
  socket.onopen = () => socket.send(JSON.stringify({ type: 'auth', ...greeting }));
  socket.onmessage = (event: { readonly data: unknown }) => {
    if (over) return;
    const frame = frameOf(event.data);
    if (!frame) {
      socket.close(1000);
      error = new TidegateError(LocalCode.contractBroken, 'a frame that is none');
      return end();
    }
    if (frame.type === 'reconnect') afterMs = frame.afterMs;
    else if (frame.type === 'error' && frame.id === undefined && frame.channel === undefined) error = refused(frame);
    listener.frame(frame);
  };
  socket.onclose = (event: { readonly code: number }) => end(event.code);
  socket.onerror = () => undefined; // `close` follows
  return {
    transport: 'websocket',
    send: (frame) => {
      if (!over) socket.send(JSON.stringify(frame));
    },
    close: () => {
      over = true;
      // A socket that is still opening: some implementations report that as an error, which nobody hears.
      socket.close(1000);
    },
  };
}
