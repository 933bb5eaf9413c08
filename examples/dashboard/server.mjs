// Publishes made-up readings, and hands out tokens to look at them.

import { Tidegate } from '../../sdk-js/dist/index.js';
import { ensureNamespace, gatewayKey, url } from '../shared/gateway.mjs';
import { serve } from '../shared/serve.mjs';

const EVERY_MS = 250;
const metrics = [
  { id: 'tide', title: 'Tide', unit: 'm', value: 3.2, step: 0.1 },
  { id: 'wind', title: 'Wind', unit: 'kn', value: 14, step: 1 },
  { id: 'ships', title: 'Ships in the roads', unit: '', value: 23, step: 1 },
  { id: 'cranes', title: 'Containers an hour', unit: '', value: 118, step: 4 },
];

const key = await gatewayKey();
await ensureNamespace(key, 'dashboard', { pattern: 'dashboard:*', conflate: 'latest' });
const tidegate = new Tidegate({ url, key });

await serve(import.meta.url, {
  'GET /metrics': () => ({ metrics }),
  'GET /token': () => tidegate.tokens.create({ capabilities: { 'dashboard:*': ['subscribe'] } }),
});

setInterval(() => {
  for (const metric of metrics) {
    const moved = metric.value + (Math.random() - 0.5) * 2 * metric.step;
    metric.value = Math.max(0, Math.round(moved * 10) / 10);
    // What cannot be sent is old by the time it could be: the next reading says more.
    tidegate.channel(`dashboard:${metric.id}`).publish({ data: { value: metric.value } });
  }
}, EVERY_MS);
