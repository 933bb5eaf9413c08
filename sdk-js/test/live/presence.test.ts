import { afterEach, beforeAll, expect, inject, test, vi } from 'vitest';
import type { Tidegate } from '../../src/index.js';
import { newApp, type App } from '../support/app.js';
import { Proxy } from '../support/proxy.js';

let app: App;
const open: Tidegate[] = [];
const soon = { timeout: 60_000, interval: 20 };

beforeAll(async () => {
  app = await newApp({ presence: { graceSeconds: 0 } });
});
afterEach(() => open.splice(0).forEach((client) => client.close()));

function client(user: string, url = inject('gateway').url): Tidegate {
  const made = app.client({ user, url });
  open.push(made);
  return made;
}

test('MembersAreKeptInSync', async () => {
  const [ada, bob] = [client('ada'), client('bob')];
  const seen: string[] = [];
  await bob.channel('room').presence.enter({ mood: 'calm' });
  const presence = ada.channel('room').presence;
  presence.subscribe((_, { action, member }) => seen.push(`${action} ${member?.clientId ?? ''}`.trim()));
  await vi.waitFor(() => expect(presence.members()).toMatchObject([{ clientId: 'bob', data: { mood: 'calm' } }]), soon);
  await presence.enter();
  await bob.channel('room').presence.update({ mood: 'busy' });
  await vi.waitFor(() => expect(presence.members().find(({ clientId }) => clientId === 'bob')).toMatchObject({ data: { mood: 'busy' } }), soon);
  await bob.channel('room').presence.leave();
  await vi.waitFor(() => expect(presence.members().map(({ clientId }) => clientId)).toEqual(['ada']), soon);
  expect(seen).toEqual(['enter bob', 'sync', 'enter ada', 'update bob', 'leave bob']);
});

test('WhoHasEnteredIsThereAgainAfterAReconnectThatCameTooLate', async () => {
  const proxy = await Proxy.before(inject('gateway').url);
  const [ada, bob] = [client('ada'), client('bob', proxy.url)];
  const presence = ada.channel('back').presence;
  const seen: string[] = [];
  presence.subscribe((_, { action }) => seen.push(action));
  await bob.channel('back').presence.enter();
  await vi.waitFor(() => expect(presence.members()).toHaveLength(1), soon);
  proxy.down = true;
  proxy.cut();
  await vi.waitFor(() => expect(seen).toContain('leave'), soon);
  proxy.down = false;
  await vi.waitFor(() => expect(presence.members().map(({ clientId }) => clientId)).toEqual(['bob']), soon);
  await proxy.close();
});
