import { ActionIcon, Text, useMantineColorScheme } from '@mantine/core';
import { linkOptions } from '@tanstack/react-router';
import { Check, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react';
import { useSession } from '@/api/session';
import { DropItem, DropLabel, DropLink, DropMenu } from '@/parts/DropMenu';
import { failed } from '@/parts/toast';
import { useSignOut } from './use-sign-out';

const THEMES = [
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
  { value: 'auto', label: 'As the system', icon: Monitor },
] as const;

export function AccountMenu() {
  const { account } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  return (
    <DropMenu
      label="Your account"
      align="end"
      width={230}
      trigger={(trigger) => (
        <ActionIcon {...trigger} size={32} radius="xl" variant="light" color="tide" aria-label={`${initials(account.name)}, your account`}>
          <Text span size="xs" fw={650} aria-hidden>
            {initials(account.name)}
          </Text>
        </ActionIcon>
      )}
      head={
        <div style={{ padding: '8px 10px' }}>
          <Text size="sm" fw={550} truncate>
            {account.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {account.email ?? 'no e-mail yet'}
            {account.operator && ' · operator'}
          </Text>
        </div>
      }
      foot={
        <DropItem icon={LogOut} onClick={() => void signOut().catch(failed)}>
          Sign out
        </DropItem>
      }
    >
      <DropLink link={linkOptions({ to: '/account' })} icon={UserRound}>
        Your account
      </DropLink>
      <DropLabel>Theme</DropLabel>
      {THEMES.map((theme) => (
        <DropItem key={theme.value} icon={theme.icon} note={colorScheme === theme.value && <Check size={15} aria-label="chosen" />} onClick={() => setColorScheme(theme.value)}>
          {theme.label}
        </DropItem>
      ))}
    </DropMenu>
  );
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return ((words[0]?.[0] ?? '?') + (words.length > 1 ? (words[words.length - 1]?.[0] ?? '') : '')).toUpperCase();
}
