import { Alert, Stack } from '@mantine/core';
import { UserRoundPen } from 'lucide-react';
import { useSession } from '@/api/session';
import { PageHeader } from '@/parts/PageHeader';
import { OwnSessions } from './OwnSessions';
import { PasswordPanel } from './PasswordPanel';
import { ProfilePanel } from './ProfilePanel';
import { SecondFactorPanel } from './SecondFactorPanel';

export function AccountPage() {
  const { account } = useSession();
  const lacks = account.email === null ? 'an e-mail and a password' : 'a password';
  return (
    <>
      <PageHeader title="Your account" description="Who you are here, and how you prove it." />
      <Stack gap="lg" maw={760}>
        {(account.email === null || !account.hasPassword) && (
          <Alert color="yellow" icon={<UserRoundPen size={18} aria-hidden />} title="You came by a one-time link">
            Set {lacks} now: with them you sign in the next time.
          </Alert>
        )}
        <ProfilePanel />
        <PasswordPanel />
        <SecondFactorPanel />
        <OwnSessions />
      </Stack>
    </>
  );
}
