import { fromBase64 } from '../bytes.js';

/** When a token ends by this device's clock, in milliseconds; undefined when it does not say. */
export function expiryOf(jwt: string, now: number): number | undefined {
  try {
    const claims: unknown = JSON.parse(new TextDecoder().decode(fromBase64((jwt.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/'))));
    const { exp, iat } = claims as { exp?: number; iat?: number };
    if (typeof exp !== 'number') return undefined;
    const byClock = exp * 1000;
    // A device whose clock is wrong goes by how long the token lives.
    const byLife = typeof iat === 'number' ? now + (exp - iat) * 1000 : byClock;
    return byClock > now ? Math.min(byClock, byLife) : byLife;
  } catch {
    return undefined;
  }
}
