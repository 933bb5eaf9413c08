import { expect, it } from 'vitest';
import { refusalOf } from './refusal';

const problem = {
  type: '/docs/errors#field-invalid',
  title: 'Invalid or missing field',
  status: 400,
  code: 40003,
  detail: 'A field is wrong.',
  requestId: '01jt9x6m2vq4',
  errors: [{ field: '/settings/allowedOrigins/1', message: 'no origin' }, { field: '/name', message: 'too long' }],
};

it('a refusal keeps its code, its request and the fields at fault', async () => {
  const error = await refusalOf(new Response(JSON.stringify(problem), { status: 400 }));
  expect([error.code, error.status, error.message, error.problem.requestId]).toEqual([40003, 400, 'A field is wrong.', '01jt9x6m2vq4']);
  expect(error.fieldError('name')).toBe('too long');
  expect(error.fieldError('email')).toBeUndefined();
});

it('what something else than a gateway answers is told as that', async () => {
  const error = await refusalOf(new Response('<html>Bad gateway</html>', { status: 502, headers: { 'x-request-id': 'r1' } }));
  expect([error.code, error.status, error.problem.requestId]).toEqual([0, 502, 'r1']);
});
