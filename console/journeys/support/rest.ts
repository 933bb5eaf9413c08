import { inject } from 'vitest';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a request came to. */
export interface Answer<T = unknown> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

export const gatewayUrl = (): string => inject('gateway').url;

/** One request, with these headers. */
export async function send<T>(method: Method, path: string, headers: Record<string, string>, body?: unknown): Promise<Answer<T>> {
  const response = await fetch(`${gatewayUrl()}${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : undefined) as T };
}

/** @throws Error with the answer, when it is no success */
export async function ask<T>(method: Method, path: string, headers: Record<string, string>, body?: unknown): Promise<T> {
  const answer = await send<T>(method, path, headers, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** As the installation's operator. */
export function operate<T>(method: Method, path: string, body?: unknown): Promise<T> {
  return ask<T>(method, path, { Authorization: `Bearer ${inject('gateway').operatorToken}` }, body);
}
