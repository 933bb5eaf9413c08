import { expect, test } from 'vitest';
import { decodeToken } from './decode';
import { readToken } from './explain';

const NOW = Date.parse('2026-05-04T10:00:00Z');
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (header: unknown, claims: unknown): string => `${part(header)}.${part(claims)}.c2ln`;
const header = { alg: 'HS256', kid: '482913.k1', typ: 'JWT' };
const claims = { aud: '482913', sub: 'ada', cap: { 'chat:*': ['publish'] }, iat: NOW / 1000 - 60, exp: NOW / 1000 + 3540, jti: 't1' };

function reading(ofHeader: unknown, ofClaims: unknown) {
  const decoded = decodeToken(token(ofHeader, ofClaims));
  if ('fault' in decoded) throw new Error(decoded.fault);
  return readToken(decoded, NOW);
}

test('ATokenSaysWhoItIsForAndWhatItMay', () => {
  expect(reading(header, { ...claims, sub: 'größe' })).toMatchObject({
    state: 'valid',
    keyName: '482913.k1',
    appId: '482913',
    clientId: 'größe',
    expiresAt: NOW + 3_540_000,
    grants: [{ pattern: 'chat:*', operations: ['publish'] }],
    faults: [],
  });
});

test('ExpiryHasTheLeewayOfTheGateway', () => {
  expect(reading(header, { ...claims, exp: NOW / 1000 - 29 }).state).toBe('valid');
  expect(reading(header, { ...claims, exp: NOW / 1000 - 30 }).state).toBe('expired');
  expect(reading(header, { ...claims, iat: NOW / 1000 + 31 }).state).toBe('not-yet');
});

test('WhatTheGatewayWouldRefuseIsSaid', () => {
  expect(reading({ ...header, alg: 'none' }, claims).faults).toEqual(['alg is HS256, spelled so.']);
  expect(reading({ ...header, jku: 'https://evil.example' }, claims).faults[0]).toContain('jku');
  expect(reading(header, { ...claims, exp: claims.iat + 86_401 }).faults).toEqual(['exp lies at most 24 h after iat.']);
  expect(reading(header, { ...claims, aud: '1' }).faults[0]).toContain('aud');
  expect(reading(header, { ...claims, cap: { '*': ['admin'] } }).faults).toEqual(['cap: Tokens never carry admin.']);
  expect(reading(header, {}).faults.length).toBeGreaterThan(3);
});

test('WhatIsNoTokenIsNotTakenForOne', () => {
  for (const text of ['', 'a.b', 'a..c', 'a.b.c', `${part([])}.${part({})}.c`, `${part({})}.bm8.c`, '<b>.x.y']) {
    expect(decodeToken(text), text).toHaveProperty('fault');
  }
});
