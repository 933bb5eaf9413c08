import { json } from '@/snippets/quote';
import type { Publication } from './snippets/publication';

/** What is typed into the publish tester. */
export interface Draft {
  readonly channel: string;
  readonly name: string;
  readonly kind: 'json' | 'text' | 'bytes';
  readonly data: string;
  /** Of the message that it was made of. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export const EMPTY_DRAFT: Draft = { channel: '', name: '', kind: 'json', data: '{\n  "text": "Hello"\n}' };

/** What would be published, or the sentence that says why nothing can be. */
export type Reading = { readonly publication: Publication; readonly fault?: undefined } | { readonly fault: string; readonly publication?: undefined };

export function read(draft: Draft): Reading {
  const beside = { ...(draft.name !== '' && { name: draft.name }), ...(draft.headers && { headers: draft.headers }) };
  switch (draft.kind) {
    case 'text':
      return { publication: { channel: draft.channel, ...beside, data: draft.data } };
    case 'bytes':
      return isBase64(draft.data.trim()) ? { publication: { channel: draft.channel, ...beside, data: draft.data.trim(), encoding: 'base64' } } : { fault: 'This is not base64.' };
    case 'json':
      try {
        return { publication: { channel: draft.channel, ...beside, data: JSON.parse(draft.data) as unknown } };
      } catch (error) {
        return { fault: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` };
      }
  }
}

/** For publishing the same again. What was encrypted comes as the text that it is: its readers could not tell who wrote it. */
export function draftOf({ channel, name = '', data, encoding, headers }: Publication): Draft {
  const beside = { channel, name, ...(headers && { headers }) };
  if (encoding === 'base64' && typeof data === 'string') return { ...beside, kind: 'bytes', data };
  return typeof data === 'string' ? { ...beside, kind: 'text', data } : { ...beside, kind: 'json', data: json(data, 2) };
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
