// Hands out tokens for the room. A real backend would know who asks.

import { Tidegate } from '../../sdk-js/dist/index.js';
import { ensureNamespace, gatewayKey, url } from '../shared/gateway.mjs';
import { serve } from '../shared/serve.mjs';

const key = await gatewayKey();
await ensureNamespace(key, 'chat', { pattern: 'chat:*', durability: 'durable', requireClientId: true });
const tidegate = new Tidegate({ url, key });

await serve(import.meta.url, {
  'GET /token': (query) =>
    tidegate.tokens.create({
      clientId: query.get('name'),
      capabilities: { 'chat:lobby': ['subscribe', 'publish', 'presence', 'history'] },
    }),
});
