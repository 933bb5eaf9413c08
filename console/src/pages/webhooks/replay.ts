import { api, take } from '@/api/client';

/** At most so many rounds of 10,000: all dead letters that a webhook can have are 100,000. */
const MAX_ROUNDS = 20;

/** Sends all dead letters again, round by round, and says after each how many it were so far. */
export async function replayDead(appId: string, webhookId: string, onProgress: (replayed: number) => void, isStopped: () => boolean): Promise<number> {
  // What dies while this runs is not taken twice: a round only takes events that happened before it began.
  const to = new Date().toISOString();
  let replayed = 0;
  for (let round = 0; round < MAX_ROUNDS && !isStopped(); round++) {
    const answer = await take(
      api.POST('/v1/apps/{appId}/webhooks/{webhookId}/deliveries/replay', { params: { path: { appId, webhookId } }, body: { state: 'dead', to } }),
    );
    replayed += answer.replayed;
    onProgress(replayed);
    if (!answer.more) break;
  }
  return replayed;
}
