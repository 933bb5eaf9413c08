import { duration } from '@/charts/format';
import { DEFAULT_RULES, type NamespaceRules } from '@/rules/namespace';

/** How long a class keeps messages, in a few words. */
export function keeping(rules: NamespaceRules): string {
  switch (rules.durability) {
    case 'none':
      return 'keeps nothing';
    case 'window':
      return `last ${rules.window.messages.toLocaleString('en')} or ${duration(rules.window.seconds * 1000)}`;
    case 'durable':
      return rules.retentionDays === 1 ? 'a day' : `${rules.retentionDays} days`;
  }
}

/** What is unlike the default rules and changes who may do what. */
export function peculiarities(rules: NamespaceRules): string[] {
  const told: string[] = [];
  if (rules.public) told.push('public');
  if (!rules.clientPublish) told.push('keys publish only');
  if (rules.requireClientId) told.push('named clients only');
  if (rules.presence.mode !== DEFAULT_RULES.presence.mode) told.push(`presence ${rules.presence.mode}`);
  if (rules.conflate === 'latest') told.push('conflates');
  if (rules.maxMessageBytes < DEFAULT_RULES.maxMessageBytes) told.push(`up to ${rules.maxMessageBytes.toLocaleString('en')} bytes`);
  return told;
}
