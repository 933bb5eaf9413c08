import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 300;

/** Whether a call with this header and this raw body (a Buffer) is the gateway's, and of now. */
export function isGenuine(header, body, secret) {
  const parts = (header ?? '').split(',');
  const time = parts.find((part) => part.startsWith('t='))?.slice(2) ?? '';
  const age = Math.abs(Date.now() / 1000 - Number(time));
  if (!/^[0-9]{1,12}$/.test(time) || age > TOLERANCE_SECONDS) {
    return false;
  }
  const mac = createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');
  const expected = Buffer.from(`v1=${mac}`);
  return parts.some((part) => {
    const given = Buffer.from(part);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
