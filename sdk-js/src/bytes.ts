/** Base64 (RFC 4648, section 4) of bytes of any length. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  // The engine's limit on arguments is above this everywhere.
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export function base64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** A message id: 120 random bits, 20 characters. */
export function newId(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(15)));
}
