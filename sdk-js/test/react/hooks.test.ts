import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Tidegate } from '../../src/index.js';
import { useChannel, useConnection, useCursors, usePresence, useTyping } from '../../src/react/index.js';
import { App, EVERYTHING, type ClientOptions } from '../support/app.js';
import { client, render } from './render.js';

describe('hooks against the gateway', () => {
  let app: App;
  const clients: Tidegate[] = [];

  beforeAll(async () => {
    app = await App.create('react');
    await app.namespace('chat', { pattern: 'chat:*', durability: 'durable', presence: { graceSeconds: 3 } });
  });

  afterEach(() => {
    clients.splice(0).forEach((one) => one.close());
  });

  function connect(clientId: string, capabilities: ClientOptions['capabilities'] = EVERYTHING): Tidegate {
    const made = client(() => app.token(clientId, capabilities!));
    clients.push(made);
    return made;
  }

  const publish = (channel: string, ...data: unknown[]) =>
    app.data('POST', `channels/${channel}/messages`, data.map((one) => ({ data: one })));

  const members = (channel: string) =>
    app.data<{ items: { clientId: string; data?: unknown }[] }>('GET', `channels/${channel}/presence`);

  async function eventually(holds: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 60_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 50))) {
      expect(Date.now(), String(holds)).toBeLessThan(end);
    }
  }

  test('useChannel shows each message once, under StrictMode too, and calls onMessage once', async () => {
    const heard: unknown[] = [];
    const view = await render(connect('ada'), () =>
      useChannel<number>('chat:once', { onMessage: (message) => heard.push(message.data) }),
    );
    await eventually(async () => {
      await publish('chat:once', 0);
      return heard.length > 0;
    });
    await publish('chat:once', 1, 2, 3);
    await view.until(({ messages }) => messages.at(-1)?.data === 3);
    const shown = view.current.messages.map((message) => message.data);
    expect(shown).toEqual(heard);
    expect(shown.slice(-3)).toEqual([1, 2, 3]);
    expect(new Set(view.current.messages.map((message) => message.id)).size).toBe(shown.length);
    await view.unmount();
  });

  test('useChannel shows what is published at once, then its place, once', async () => {
    const view = await render(connect('ada'), () => useChannel<string>('chat:mine'));
    await view.act(() => void view.current.publish({ data: 'hello' }));
    expect(view.current.messages).toMatchObject([{ data: 'hello', status: 'pending' }]);
    const { id } = view.current.messages[0]!;
    await view.until(({ messages }) => messages[0]?.status === 'confirmed');
    await publish('chat:mine', 'behind it');
    await view.until(({ messages }) => messages.length === 2);
    expect(view.current.messages).toMatchObject([{ id, seq: 1 }, { data: 'behind it', seq: 2 }]);
    await view.unmount();
  });

  test('useChannel shows why a message failed', async () => {
    const view = await render(connect('eve', { 'chat:*': ['subscribe'] }), () => useChannel<string>('chat:refused'));
    await view.act(() => void view.current.publish({ data: 'may I?' }));
    await view.until(({ messages }) => messages[0]?.status === 'failed');
    expect(view.current.messages[0]?.error?.status).toBe(403);
    await view.unmount();
  });

  test('useChannel brings history page by page, to its end', async () => {
    await publish('chat:older', ...Array.from({ length: 25 }, (_, i) => i + 1));
    const view = await render(connect('ada'), () => useChannel<number>('chat:older'));
    for (let page = 1; view.current.hasOlder; page++) {
      await view.act(() => void view.current.loadOlder(10));
      await view.until(({ isLoading }) => !isLoading);
      expect(page).toBeLessThan(5);
    }
    expect(view.current.messages.map((message) => message.data)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
    expect(view.current.error).toBeUndefined();
    await view.unmount();
  });

  test('usePresence enters while the component is there, and leaves with it', async () => {
    const ada = await render(connect('ada'), () => usePresence('chat:here', { mood: 'calm' }));
    const bob = await render(connect('bob'), () => usePresence('chat:here'));
    await bob.until(({ members }) => members.length === 1);
    expect(bob.current.members).toMatchObject([{ clientId: 'ada', data: { mood: 'calm' } }]);
    await ada.unmount();
    await bob.until(({ members }) => members.length === 0);
    await bob.unmount();
  });

  test('useTyping tells the others, beside the data of usePresence, and ends by itself', async () => {
    const ada = await render(connect('ada'), () => ({
      presence: usePresence('chat:typing', { mood: 'busy' }),
      typing: useTyping('chat:typing', { timeoutMs: 8_000 }),
    }));
    const bob = await render(connect('bob'), () => ({
      presence: usePresence('chat:typing'),
      typing: useTyping('chat:typing'),
    }));
    await ada.act(() => ada.current.typing.typed());
    await bob.until(({ typing }) => typing.typing.join() === 'ada');
    expect(ada.current.typing.typing).toEqual([]);
    await bob.until(({ typing }) => typing.typing.length === 0);
    expect(bob.current.presence.members).toMatchObject([{ clientId: 'ada', data: { mood: 'busy' } }]);
    await ada.unmount();
    await bob.unmount();
  });

  test('useCursors shows the others\' newest position only, and no cursor of who left', async () => {
    const ada = await render(connect('ada'), () => useCursors('cursors:1', { intervalMs: 3_000 }));
    const bob = await render(connect('bob'), () => useCursors('cursors:1'));
    await eventually(async () => (await members('cursors:1')).items.length === 2);
    await ada.act(() => {
      for (let x = 1; x <= 100; x++) {
        ada.current.move({ x, y: 0 });
      }
    });
    await bob.until(({ cursors }) => cursors[0]?.position.x === 100);
    expect(bob.current.cursors).toMatchObject([{ clientId: 'ada' }]);
    const kept = await app.data<{ items: unknown[] }>('GET', 'channels/cursors:1/messages');
    expect(kept.items.length).toBeLessThanOrEqual(2);
    expect(ada.current.cursors).toEqual([]);
    await ada.unmount();
    await bob.until(({ cursors }) => cursors.length === 0);
    await bob.unmount();
  });

  test('useConnection follows the connection', async () => {
    const tidegate = connect('ada');
    const view = await render(tidegate, () => useConnection());
    await view.act(() => view.current.connect());
    await view.until(({ state }) => state === 'connected');
    await view.act(() => tidegate.close());
    await view.until(({ state }) => state === 'closed');
    await view.unmount();
  });

  test('a channel is left when the last component that uses it is gone', async () => {
    const tidegate = connect('ada');
    const one = await render(tidegate, () => useChannel('chat:left'));
    const occupied = async () =>
      (await app.data<{ items: { channel: string }[] }>('GET', 'channels?prefix=chat:left')).items.length > 0;
    await eventually(occupied);
    await one.unmount();
    await eventually(async () => !(await occupied()));
  });
});
