import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Channel, Member, Subscription, Tidegate } from '../../src/index.js';
import { newApp, type App } from '../support/app.js';

/** What a program does with a channel, in whatever order. */
const STEPS = ['enter', 'subscribe', 'watch', 'unsubscribe'] as const;
type Step = (typeof STEPS)[number];

const soon = { timeout: 60_000, interval: 20 };
let app: App;
let ada: Tidegate;
let bob: Tidegate;

beforeAll(async () => {
  app = await newApp({ durability: 'durable', presence: { graceSeconds: 0 } });
  ada = app.client({ user: 'ada' });
  bob = app.client({ user: 'bob' });
});
afterAll(() => [ada, bob].forEach((client) => client.close()));

function orders(of: readonly Step[]): Step[][] {
  if (of.length === 0) return [[]];
  return of.flatMap((first) => orders(of.filter((step) => step !== first)).map((rest) => [first, ...rest]));
}

const every = [...orders(STEPS.slice(0, 3)), ...orders(STEPS).filter((order) => order.indexOf('subscribe') < order.indexOf('unsubscribe'))];

/** One client in one channel. */
class Visitor {
  readonly got: unknown[] = [];
  readonly events: string[] = [];
  #subscription: Subscription | undefined;

  constructor(private readonly channel: Channel) {}

  async do(step: Step): Promise<void> {
    const { presence } = this.channel;
    switch (step) {
      case 'enter':
        return presence.enter({ turn: 0 });
      case 'subscribe':
        this.#subscription = this.channel.subscribe(({ data }) => this.got.push(data));
        return this.#subscription.ready;
      case 'watch':
        presence.subscribe((_, { action, member }) => this.events.push(`${action} ${member?.clientId ?? ''}`.trim()));
        await vi.waitFor(() => expect(this.events).toContain('sync'), soon);
        return;
      case 'unsubscribe':
        this.#subscription!.unsubscribe();
    }
  }

  who(): unknown[] {
    return this.channel.presence.members().map(({ clientId, data }: Member) => [clientId, data]).sort();
  }
}

test.each([
  ['each when the one before is done', async (step: Promise<void>) => step],
  ['each in a turn of its own', () => new Promise<void>((next) => setTimeout(next))],
  ['all in one turn', () => undefined],
] as const)('WhoHasEnteredSeesEveryUpdateWhateverTheOrder: %s', async (pace, between) => {
  await Promise.all(
    every.map(async (order) => {
      const name = `${pace}: ${order.join()}`;
      const [mine, his] = [ada.channel(name), bob.channel(name)];
      const here = new Visitor(mine);
      const there = new Visitor(his);
      await Promise.all([there.do('enter'), there.do('watch')]);
      const steps: Promise<void>[] = [];
      for (const step of order) {
        const done = here.do(step);
        // A subscription that is ended before it begins is not waited for.
        done.catch(() => undefined);
        steps.push(done);
        await between(done);
      }
      await Promise.allSettled(steps);
      await Promise.all([mine.presence.update({ turn: 1 }), his.presence.update({ turn: 1 })]);
      const both = [['ada', { turn: 1 }], ['bob', { turn: 1 }]];
      await vi.waitFor(() => expect([here.who(), there.who()], name).toEqual([both, both]), soon);
      expect(here.events, name).toContain('update bob');
      await mine.publish([{ data: 1 }, { data: 2 }])[1]!.confirmed;
      if (!order.includes('unsubscribe')) await vi.waitFor(() => expect(here.got, name).toEqual([1, 2]), soon);
      else expect(here.got, name).toEqual([]);
    }),
  );
});

test('WhoIsWatchedAgainIsKnownAtOnce', async () => {
  const [mine, his] = [ada.channel('again'), bob.channel('again')];
  await mine.subscribe(() => undefined).ready;
  const stop = mine.presence.subscribe(() => undefined);
  await his.presence.enter();
  await vi.waitFor(() => expect(mine.presence.members()).toHaveLength(1), soon);
  stop();
  await his.presence.update({ mood: 'seen by nobody' });
  const seen: string[] = [];
  const second: string[] = [];
  mine.presence.subscribe((members, { action }) => seen.push(`${action} ${members.length}`));
  mine.presence.subscribe((_, { action }) => second.push(action));
  await vi.waitFor(() => expect([seen[0], second[0]]).toEqual(['sync 1', 'sync']), soon);
  await his.presence.leave();
  await vi.waitFor(() => expect([seen.at(-1), second.at(-1)]).toEqual(['leave 0', 'leave']), soon);
});

test('WatchingBesideASubscriptionIsLeaveAndEnterToNobody', async () => {
  const [mine, his] = [ada.channel<number>('steady'), bob.channel<number>('steady')];
  const seen: string[] = [];
  his.presence.subscribe((_, { action, member }) => seen.push(`${action} ${member?.clientId ?? ''}`.trim()));
  await vi.waitFor(() => expect(seen).toEqual(['sync']), soon);
  const got: number[] = [];
  await mine.subscribe(({ data }) => got.push(data)).ready;
  await mine.presence.enter();
  mine.presence.subscribe(() => undefined);
  await vi.waitFor(() => expect(mine.presence.members()).toHaveLength(1), soon);
  await mine.publish({ data: 1 }).confirmed;
  await vi.waitFor(() => expect(got).toEqual([1]), soon);
  await mine.presence.leave();
  await vi.waitFor(() => expect(seen).toEqual(['sync', 'enter ada', 'leave ada']), soon);
});

test('WatchingWhereNobodyMayBeSeenEndsTheSubscriptionBeside', async () => {
  await app.namespace('unseen', { pattern: 'unseen', durability: 'window', presence: { mode: 'off' } });
  const channel = ada.channel('unseen');
  const ended = new Promise<Error>((onError) => channel.subscribe(() => undefined, { onError }).ready.then(() => channel.presence.subscribe(() => undefined), onError));
  expect((await ended).message).toContain('presence');
});

test('MessagesAreNeitherLostNorRepeatedWhileWatchingBegins', async () => {
  const channel = ada.channel<number>('both');
  const got: number[] = [];
  await channel.presence.enter();
  await channel.subscribe(({ data }) => got.push(data)).ready;
  const sent = Array.from({ length: 200 }, (_, n) => n);
  for (const n of sent) {
    const message = bob.channel<number>('both').publish({ data: n });
    if (n === 50) channel.presence.subscribe(() => undefined);
    if (n % 10 === 0) await message.confirmed;
  }
  await vi.waitFor(() => expect(got).toHaveLength(sent.length), soon);
  expect(got).toEqual(sent);
  await vi.waitFor(() => expect(channel.presence.members().map(({ clientId }) => clientId)).toEqual(['ada']), soon);
});
