import { expect, test } from 'vitest';
import type { Key } from '../keys/keys';
import { leadOf } from './leads-to';
import { NO_QUESTION, requestOf } from './question';
import { questionSearch } from './search';

const key = { id: 'k1', capabilities: { '*': ['publish', 'admin'], 'log:*': ['admin'] } } as unknown as Key;

test('AStepLeadsToWhatItsRuleNames', () => {
  expect(leadOf('482913', 'namespace.clientPublish', 'namespace news has clientPublish false')).toEqual({ to: 'namespace', name: 'news' });
  expect(leadOf('482913', 'namespace.public', 'no namespace, so the channel has public true')).toEqual({ to: 'namespaces' });
  expect(leadOf('482913', 'key.capabilities', 'no pattern of key 482913.k1 grants publish on it')).toEqual({ to: 'key', keyId: 'k1' });
  expect(leadOf('482913', 'key.known', 'there is no such key')).toEqual({ to: 'keys' });
  expect(leadOf('482913', 'limit', 'limit channels of the tenant')).toEqual({ to: 'limits' });
  expect(leadOf('482913', 'app.origins', 'x')).toEqual({ to: 'app' });
  expect(leadOf('482913', 'token.expiry', 'exp was yesterday')).toBeNull();
  expect(leadOf('482913', 'namespace.public', 'namespace ../../x has public true')).toEqual({ to: 'namespaces' });
});

test('ATokenOfAKeyNeverAsksForAdmin', () => {
  const asked = requestOf({ ...NO_QUESTION, asked: 'key', keyId: 'k1', channel: 'a' }, key);
  expect(asked).toMatchObject({ request: { capabilities: { '*': ['publish'] }, channel: 'a', operation: 'publish' } });
});

test('WhatIsUnfinishedIsSaidByField', () => {
  expect(requestOf({ ...NO_QUESTION, channel: '' }, undefined)).toMatchObject({ field: 'channel' });
  expect(requestOf({ ...NO_QUESTION, channel: 'a', asked: 'credential' }, undefined)).toMatchObject({ field: 'credential' });
  expect(requestOf({ ...NO_QUESTION, channel: 'a', asked: 'key' }, undefined)).toMatchObject({ field: 'keyId' });
  expect(requestOf({ ...NO_QUESTION, channel: 'a', grants: [] }, undefined)).toMatchObject({ field: 'grants' });
  expect(requestOf({ ...NO_QUESTION, channel: 'a', messageBytes: 'many' }, undefined)).toMatchObject({ field: 'messageBytes' });
});

test('NoCredentialIsTakenFromAnAddress', () => {
  expect(questionSearch({ credential: 'eyJ', operation: 'publish', channel: 5, origin: null })).toEqual({ operation: 'publish', channel: '5' });
  expect(questionSearch({ operation: 'dance' })).toEqual({});
});
