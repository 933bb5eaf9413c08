import { ActionIcon, Menu, Text, useMantineColorScheme } from '@mantine/core';
import { Check, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react';
import { useSession } from '@/api/session';
import { MenuItemLink } from '@/parts/links';
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
    <Menu position="bottom-end" width={230} shadow="md">
      <Menu.Target>
        <ActionIcon size={32} radius="xl" variant="light" color="tide" aria-label={`${initials(account.name)}, your account`}>
          <Text span size="xs" fw={650} aria-hidden>
            {initials(account.name)}
          </Text>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <div style={{ padding: '8px 12px' }}>
          <Text size="sm" fw={550} truncate>
            {account.name}
          </Text>
          <Text size="xs" c="dimmed" truncate>
            {account.email ?? 'no e-mail yet'}
            {account.operator && ' · operator'}
          </Text>
        </div>
        <Menu.Divider />
        <MenuItemLink to="/account" leftSection={<UserRound size={15} aria-hidden />}>
          Your account
        </MenuItemLink>
        <Menu.Label>Theme</Menu.Label>
        {THEMES.map((theme) => (
          <Menu.Item
            key={theme.value}
            leftSection={<theme.icon size={15} aria-hidden />}
            rightSection={colorScheme === theme.value && <Check size={15} aria-label="chosen" />}
            onClick={() => setColorScheme(theme.value)}
          >
            {theme.label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={15} aria-hidden />} onClick={() => void signOut().catch(failed)}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return ((words[0]?.[0] ?? '?') + (words.length > 1 ? (words[words.length - 1]?.[0] ?? '') : '')).toUpperCase();
}
