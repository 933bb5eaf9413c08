import { expect, it } from 'vitest';
import { originFault } from './origins';

it('takes what the contract takes as an origin', () => {
  expect(['*', 'https://chat.acme.example', 'http://localhost:5173'].map(originFault)).toEqual([undefined, undefined, undefined]);
});

it('says what is wrong with the rest', () => {
  expect(originFault('chat.acme.example')).toContain('begins with');
  expect(originFault('https://chat.acme.example/')).toContain('no path');
});
