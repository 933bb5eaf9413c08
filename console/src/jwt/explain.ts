import { capabilityFaults, parseCapabilities, type Grant } from '../rules/capabilities';
import type { DecodedToken } from './decode';

/** How clocks of those who sign and those who check may differ. */
const LEEWAY_MS = 30_000;
const MAX_LIFETIME_MS = 24 * 3600 * 1000;
const HEADER_PARAMETERS = ['alg', 'kid', 'typ'];

export type State = 'valid' | 'not-yet' | 'expired' | 'unreadable';

export interface ClaimLine {
  readonly name: string;
  readonly value: string;
  readonly means: string;
}

export interface TokenReading {
  readonly state: State;
  readonly keyName: string | null;
  readonly appId: string | null;
  readonly clientId: string | null;
  readonly expiresAt: number | null;
  readonly issuedAt: number | null;
  readonly grants: readonly Grant[];
  readonly lines: readonly ClaimLine[];
  /** Rules of the contract that header or claims break: each one makes the gateway refuse it. */
  readonly faults: readonly string[];
}

const MEANINGS: Readonly<Record<string, string>> = {
  alg: 'How it is signed. The gateway takes HS256 only.',
  kid: 'The name of the key that signed it. Its rights never exceed this key’s.',
  typ: 'What it is: JWT for a token, tidegate-ticket+jwt for a ticket.',
  aud: 'The app it is for. It is the app of the key.',
  sub: 'The clientId. Without it the client is anonymous.',
  cap: 'What it may do where, together with what the key may.',
  iat: 'When it was issued.',
  nbf: 'Not before this time.',
  exp: 'When it expires: at most 24 h after it was issued.',
  jti: 'Its id, by which this one token can be revoked.',
  lim: 'Narrower limits for its client.',
};

/** @param now ms since 1970 */
export function readToken({ header, claims }: DecodedToken, now: number): TokenReading {
  const issuedAt = millis(claims.iat);
  const expiresAt = millis(claims.exp);
  const capabilities = parseCapabilities(JSON.stringify(claims.cap ?? {}));
  const grants = 'grants' in capabilities ? capabilities.grants : [];
  const faults = [
    ...headerFaults(header),
    ...timeFaults(claims, issuedAt, expiresAt),
    ...identityFaults(header, claims),
    ...('fault' in capabilities ? [`cap: ${capabilities.fault}`] : capabilityFaults(grants, 'token').map((one) => `cap: ${one.message}`)),
  ];
  return {
    state: stateOf(issuedAt, millis(claims.nbf), expiresAt, now),
    keyName: textOr(header.kid),
    appId: textOr(audience(claims.aud)),
    clientId: textOr(claims.sub),
    issuedAt,
    expiresAt,
    grants,
    lines: [...linesOf(header), ...linesOf(claims)],
    faults,
  };
}

function headerFaults(header: DecodedToken['header']): string[] {
  const faults: string[] = [];
  if (header.alg !== 'HS256') faults.push('alg is HS256, spelled so.');
  if (typeof header.kid !== 'string' || header.kid.length > 64) faults.push('kid is the key name.');
  if (header.typ !== undefined && header.typ !== 'JWT' && header.typ !== 'tidegate-ticket+jwt') faults.push('typ is JWT, or absent.');
  const strangers = Object.keys(header).filter((name) => !HEADER_PARAMETERS.includes(name));
  if (strangers.length > 0) faults.push(`The header has alg, kid and typ, nothing else; not ${strangers.join(', ')}.`);
  return faults;
}

function timeFaults(claims: DecodedToken['claims'], issuedAt: number | null, expiresAt: number | null): string[] {
  const faults: string[] = [];
  if (issuedAt === null) faults.push('iat is missing, or no time in seconds since 1970.');
  if (expiresAt === null) faults.push('exp is missing, or no time in seconds since 1970.');
  if (claims.nbf !== undefined && millis(claims.nbf) === null) faults.push('nbf is no time in seconds since 1970.');
  if (issuedAt !== null && expiresAt !== null && (expiresAt <= issuedAt || expiresAt - issuedAt > MAX_LIFETIME_MS)) {
    faults.push('exp lies at most 24 h after iat.');
  }
  return faults;
}

function identityFaults(header: DecodedToken['header'], claims: DecodedToken['claims']): string[] {
  const faults: string[] = [];
  const app = textOr(audience(claims.aud));
  const keyName = textOr(header.kid);
  if (app === null) faults.push('aud is the app’s id.');
  else if (keyName !== null && keyName.split('.')[0] !== app) faults.push('aud is the app of the key that signed it.');
  if (claims.sub !== undefined && (typeof claims.sub !== 'string' || claims.sub === '')) faults.push('sub is a clientId.');
  if (typeof claims.jti !== 'string' || claims.jti === '' || claims.jti.length > 128) faults.push('jti is a text of 1 to 128 characters.');
  return faults;
}

function stateOf(issuedAt: number | null, notBefore: number | null, expiresAt: number | null, now: number): State {
  if (expiresAt === null || issuedAt === null) return 'unreadable';
  if (now >= expiresAt + LEEWAY_MS) return 'expired';
  return Math.max(issuedAt, notBefore ?? 0) > now + LEEWAY_MS ? 'not-yet' : 'valid';
}

function linesOf(object: Readonly<Record<string, unknown>>): ClaimLine[] {
  return Object.entries(object).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
    means: Object.hasOwn(MEANINGS, name) ? (MEANINGS[name] ?? '') : 'The gateway does not read this.',
  }));
}

/** A NumericDate may have a fraction. */
function millis(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 && value <= 2 ** 40 ? Math.round(value * 1000) : null;
}

function audience(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function textOr(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
