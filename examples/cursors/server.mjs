// Hands out tokens for the board. Where a cursor was a moment ago is worth nothing: class `none` keeps nothing.

import { Tidegate } from '../../sdk-js/dist/index.js';
import { ensureNamespace, gatewayKey, url } from '../shared/gateway.mjs';
import { serve } from '../shared/serve.mjs';

const key = await gatewayKey();
await ensureNamespace(key, 'cursors', {
  pattern: 'cursors:*',
  durability: 'none',
  requireClientId: true,
  presence: { graceSeconds: 3 },
});
const tidegate = new Tidegate({ url, key });

await serve(import.meta.url, {
  'GET /token': (query) =>
    tidegate.tokens.create({
      clientId: query.get('name'),
      capabilities: { 'cursors:board': ['subscribe', 'publish', 'presence'] },
    }),
});
