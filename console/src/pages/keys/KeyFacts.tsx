import { Group, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyButton } from '@/parts/CopyButton';
import { AnchorLink } from '@/parts/links';
import { Panel } from '@/parts/Panel';
import { RelativeTime } from '@/parts/RelativeTime';
import type { Key } from './keys';

export function KeyFacts({ shown: key }: { shown: Key }) {
  return (
    <Panel
      footer={
        <Group gap="lg">
          <AnchorLink to="/apps/$appId/tokens" params={{ appId: key.appId }} search={{ keyId: key.id }} size="sm">
            Make a token with it
          </AnchorLink>
          <AnchorLink to="/apps/$appId/explain" params={{ appId: key.appId }} search={{ keyId: key.id }} size="sm">
            Explain what it may
          </AnchorLink>
        </Group>
      }
    >
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="lg">
        <Fact name="Key name">
          <Group gap={4} wrap="nowrap">
            <code>{key.keyName}</code>
            <CopyButton value={key.keyName} what="key name" />
          </Group>
        </Fact>
        <Fact name="Last used">
          <RelativeTime at={key.lastUsedAt} />
        </Fact>
        <Fact name={key.revokedAt === null ? 'Expires' : 'Revoked'}>
          <RelativeTime at={key.revokedAt ?? key.expiresAt} />
        </Fact>
        <Fact name="Made">
          <RelativeTime at={key.createdAt} />
        </Fact>
      </SimpleGrid>
    </Panel>
  );
}

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed" fw={550}>
        {props.name}
      </Text>
      <Text size="sm" component="div">
        {props.children}
      </Text>
    </div>
  );
}
