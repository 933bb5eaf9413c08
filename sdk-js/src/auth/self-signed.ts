import { base64Url, utf8 } from '../bytes.js';

const OPERATIONS = ['publish', 'subscribe', 'history', 'presence'];
const SELF_SIGNED_SECONDS = 3600;

/** A token signed with the key itself, for WebSockets, whose handshake takes no key from a browser-like client. */
export async function selfSigned(key: string, clientId: string | undefined, now: number): Promise<string> {
  const colon = key.indexOf(':');
  const name = key.slice(0, colon);
  const iat = Math.floor(now / 1000);
  const claims = {
    aud: name.slice(0, name.indexOf('.')),
    ...(clientId !== undefined && { sub: clientId }),
    cap: { '*': OPERATIONS },
    iat,
    exp: iat + SELF_SIGNED_SECONDS,
    jti: base64Url(crypto.getRandomValues(new Uint8Array(12))),
  };
  const part = (value: unknown): string => base64Url(utf8(JSON.stringify(value)));
  const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: name })}.${part(claims)}`;
  const secret = await crypto.subtle.importKey('raw', utf8(key.slice(colon + 1)), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return `${signed}.${base64Url(new Uint8Array(await crypto.subtle.sign('HMAC', secret, utf8(signed))))}`;
}
