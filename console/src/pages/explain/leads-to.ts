/** Where the thing is that a step's rule names, for a link to it. */
export type Lead =
  | { readonly to: 'key'; readonly keyId: string }
  | { readonly to: 'namespace'; readonly name: string }
  | { readonly to: 'namespaces' | 'limits' | 'hooks' | 'app' | 'keys' };

/** @param rule as the gateway says it: “namespace news has clientPublish false”, “key 482913.k1 grants …” */
export function leadOf(appId: string, step: string, rule: string | null): Lead | null {
  if (step.startsWith('namespace.')) return ofNamespace(rule);
  if (step === 'limit') return rule !== null && /^namespace /.test(rule) ? ofNamespace(rule) : { to: 'limits' };
  if (step.startsWith('hook.')) return { to: 'hooks' };
  if (step === 'app.origins') return { to: 'app' };
  if (!step.startsWith('key.')) return null;
  const keyId = new RegExp(`\\b${appId}\\.([a-z0-9]{1,32})\\b`).exec(rule ?? '')?.[1];
  return keyId === undefined ? { to: 'keys' } : { to: 'key', keyId };
}

function ofNamespace(rule: string | null): Lead {
  const name = /^namespace ([A-Za-z0-9][A-Za-z0-9_-]{0,63}) has /.exec(rule ?? '')?.[1];
  return name === undefined ? { to: 'namespaces' } : { to: 'namespace', name };
}
