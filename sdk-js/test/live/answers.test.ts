import { beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { TidegateOptions } from '../../src/index.js';
import { newApp, type App } from '../support/app.js';

let app: App;
const soon = { timeout: 60_000, interval: 20 };

beforeAll(async () => {
  app = await newApp();
});

interface Frame {
  readonly type: string;
  readonly messages?: readonly { readonly id: string }[];
}

/** A line that loses single answers and nothing else; it notes what goes up. */
function lossy(lose: (answer: Frame) => boolean, up: Frame[]): NonNullable<TidegateOptions['WebSocket']> {
  class Lossy extends WebSocket {
    override send(text: string): void {
      up.push(JSON.parse(text) as Frame);
      super.send(text);
    }

    override emit(event: string, ...what: unknown[]): boolean {
      return event === 'message' && lose(JSON.parse(String(what[0])) as Frame) ? true : super.emit(event, ...what);
    }
  }
  return Lossy as unknown as NonNullable<TidegateOptions['WebSocket']>;
}

test('APublishWhoseAnswerAloneIsLostIsSentAgainUnderItsIdAndStoredOnce', async () => {
  const up: Frame[] = [];
  let lost = 0;
  const WebSocket = lossy(({ type, messages }) => type === 'reply' && messages !== undefined && lost++ === 0, up);
  const client = app.client({ WebSocket, transports: ['websocket'], timeoutMs: 3_000 });
  try {
    const channel = client.channel<number>('lost-answer');
    client.connection.connect();
    await vi.waitFor(() => expect(client.connection.state).toBe('connected'), soon);
    const line = client.connection.id;
    const sent = channel.publish({ data: 1 });
    const behind = channel.publish({ data: 2 });
    await Promise.all([sent.confirmed, behind.confirmed]);
    expect(lost).toBeGreaterThan(0);
    const publishes = up.filter(({ type }) => type === 'publish').map(({ messages }) => messages!.map(({ id }) => id));
    expect(publishes.length).toBeGreaterThanOrEqual(2);
    expect(publishes[1]).toEqual(publishes[0]);
    expect(client.connection.id).toBe(line);
    const { items } = await app.backend.channel('lost-answer').history({ direction: 'forward' });
    expect(items.map(({ id }) => id)).toEqual([sent.id, behind.id]);
  } finally {
    client.close();
  }
});

test('EnteringWhoseAnswerAloneIsLostIsSentAgain', async () => {
  let lost = 0;
  const WebSocket = lossy(({ type }) => type === 'reply' && lost++ === 0, []);
  const client = app.client({ WebSocket, transports: ['websocket'], timeoutMs: 3_000 });
  try {
    await client.channel('lost-enter').presence.enter();
    // The one that was lost, and that of a second asking; a slow machine may make it ask once more.
    expect(lost).toBeGreaterThanOrEqual(2);
  } finally {
    client.close();
  }
});
