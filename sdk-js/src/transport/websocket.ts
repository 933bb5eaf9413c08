import { utf8 } from '../bytes.js';
import { LocalCode, TidegateError, refused } from '../errors.js';
import type { ServerFrame } from '../frames.js';
import type { TidegateOptions } from '../types.js';
import type { Line, LineListener } from './line.js';

/** Of one frame (asyncapi.yaml, webSocket). */
const MOST_BYTES = 65_536;
/** The row that the gateway has for it. */
export const FRAME_TOO_LARGE = 41303;

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
      const text = JSON.stringify(frame);
      // The gateway would end the connection for it, and the next one when it is sent again.
      if (text.length * 3 > MOST_BYTES && utf8(text).length > MOST_BYTES) throw new TidegateError(FRAME_TOO_LARGE, `a frame has at most ${MOST_BYTES} bytes`);
      if (!over) socket.send(text);
    },
    close: () => {
      over = true;
      // A socket that is still opening: some implementations report that as an error, which nobody hears.
      socket.close(1000);
    },
  };
}
