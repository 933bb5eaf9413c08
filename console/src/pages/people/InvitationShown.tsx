import { Button, Group, Stack, Text } from '@mantine/core';
import { RelativeTime } from '@/parts/RelativeTime';
import { SecretOnce } from '@/parts/SecretOnce';

/** An invitation's link, right after it was made. */
export function InvitationShown(props: { email: string | null; url: string; expiresAt?: string | null; onClose: () => void }) {
  return (
    <Stack gap="md">
      <Text size="sm">
        Send this link to <b>{props.email}</b>, by a way that you trust: Tidegate sends no mail.
        {props.expiresAt && (
          <>
            {' '}
            It is good once, and ends <RelativeTime at={props.expiresAt} />.
          </>
        )}
      </Text>
      <SecretOnce what="link" value={props.url} note="It is shown this once; when it is lost, make a new one." />
      <Group justify="flex-end">
        <Button onClick={props.onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
