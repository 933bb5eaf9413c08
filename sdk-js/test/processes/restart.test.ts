import { expect, inject, test, vi } from 'vitest';
import { newApp } from '../support/app.js';

test('ANodeThatIsKilledAndComesBackLosesNothingAndRepeatsNothing', async () => {
  const app = await newApp();
  const ada = app.client();
  try {
    const channel = ada.channel<number>('killed');
    const got: number[] = [];
    const jumps: unknown[] = [];
    await channel.subscribe(({ data }) => got.push(data), { onDiscontinuity: (jump) => jumps.push(jump) }).ready;
    const sent = [channel.publish({ data: 0 })];
    await sent[0]!.confirmed;
    const restarted = fetch(inject('gateway').restartUrl, { method: 'POST' });
    for (let n = 1; n < 200; n++) {
      sent.push(channel.publish({ data: n }));
      await new Promise((later) => setTimeout(later, 5));
    }
    expect((await restarted).status).toBe(200);
    await Promise.all(sent.map(({ confirmed }) => confirmed));
    await vi.waitFor(() => expect(got).toHaveLength(200), { timeout: 60_000, interval: 20 });
    expect(got).toEqual(sent.map((_, n) => n));
    expect(jumps).toEqual([]);
  } finally {
    ada.close();
  }
}, 240_000);
