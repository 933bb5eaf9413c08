import { Button, Grid, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Ticket } from 'lucide-react';
import { useState } from 'react';
import { appApi, take, type Schema } from '@/api/client';
import { CapabilityEditor } from '@/capability/CapabilityEditor';
import { Choice } from '@/forms/Choice';
import { useMaking } from '@/forms/use-making';
import { EmptyState } from '@/parts/EmptyState';
import { ButtonLink } from '@/parts/links';
import { Loaded } from '@/parts/Loaded';
import { Panel } from '@/parts/Panel';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { allKeysQuery, type Key } from '../keys/keys';
import { isGood } from '../keys/state';
import { bodyOf, faultsOf, LIFETIMES, mostOf, NO_LIMITS, TOKEN_LIMITS, type TokenDraft } from './draft';
import { MintedToken } from './MintedToken';

export function MintToken({ appId, keyId }: { appId: string; keyId: string | undefined }) {
  return (
    <Loaded of={useQuery(allKeysQuery(appId))}>
      {(all) => {
        const keys = all.filter((key) => isGood(key, Date.now()));
        const begin = keys.find((key) => key.id === keyId) ?? keys[0];
        return begin ? <Mint appId={appId} keys={keys} begin={begin} /> : <NoKey appId={appId} />;
      }}
    </Loaded>
  );
}

function NoKey({ appId }: { appId: string }) {
  return (
    <Panel>
      <EmptyState icon={KeyRound} title="Tokens are signed with a key" action={<ButtonLink to="/apps/$appId/keys/new" params={{ appId }}>Make a key</ButtonLink>}>
        This app has none that is good. Make one first; a token may do some of what its key may.
      </EmptyState>
    </Panel>
  );
}

function Mint({ appId, keys, begin }: { appId: string; keys: readonly Key[]; begin: Key }) {
  const [draft, setDraft] = useState<TokenDraft>(() => ({ keyId: begin.id, clientId: '', ttlSeconds: 3600, grants: mostOf(begin), limits: NO_LIMITS }));
  const { busy, error, tried, made: minted, make } = useMaking<Schema<'Token'>>();
  const faults = tried ? faultsOf(draft) : {};
  const set = (change: Partial<TokenDraft>): void => setDraft({ ...draft, ...change });
  const mint = (): void => make(faultsOf(draft), () => take(appApi(appId).POST('/v1/tokens', { body: bodyOf(draft) })));
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            mint();
          }}
        >
          <Panel title="For whom">
            <Stack gap="md">
              <Choice
                label="Key that signs it"
                data={keys.map((key) => ({ value: key.id, label: `${key.name} · ${key.keyName}` }))}
                value={draft.keyId}
                error={faults.keyId}
                onChange={(keyId) => {
                  const key = keys.find(({ id }) => id === keyId);
                  if (key) set({ keyId: key.id, grants: mostOf(key) });
                }}
              />
              <SimpleGrid cols={{ base: 1, xs: 2 }}>
                <TextInput
                  label="clientId"
                  description="Empty: an anonymous client."
                  placeholder="ada"
                  maxLength={255}
                  spellCheck={false}
                  value={draft.clientId}
                  onChange={(event) => set({ clientId: event.currentTarget.value })}
                />
                <Choice
                  label="Good for"
                  description="A client fetches the next one itself."
                  data={LIFETIMES}
                  value={String(draft.ttlSeconds)}
                  onChange={(seconds) => set({ ttlSeconds: Number(seconds) })}
                />
              </SimpleGrid>
              <div>
                <Text size="sm" fw={500} mb={4}>
                  Capabilities
                </Text>
                <CapabilityEditor of="token" value={draft.grants} onChange={(grants) => set({ grants })} shownFaults={tried} />
                <Text size="xs" c="dimmed" mt={4}>
                  What the key does not grant the token does not have, whatever it says.
                </Text>
              </div>
              <details>
                <Text component="summary" size="sm" style={{ cursor: 'pointer' }}>
                  Narrower limits for this client
                </Text>
                <SimpleGrid cols={{ base: 1, xs: 2 }} mt="sm">
                  {TOKEN_LIMITS.map((name) => (
                    <TextInput
                      key={name}
                      label={name}
                      inputMode="numeric"
                      placeholder="as the tenant"
                      value={draft.limits[name]}
                      error={faults[name]}
                      onChange={(event) => set({ limits: { ...draft.limits, [name]: event.currentTarget.value } })}
                    />
                  ))}
                </SimpleGrid>
              </details>
              {error !== null && <RefusalAlert error={error} />}
              <Button type="submit" loading={busy}>
                Make the token
              </Button>
            </Stack>
          </Panel>
        </form>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 6 }}>
        {minted !== null ? (
          <MintedToken appId={appId} token={minted.token} />
        ) : (
          <Panel>
            <EmptyState icon={Ticket} title="The token and a first line with it">
              It is shown here once it is made, with what it says of itself. Nothing keeps it: leave the page, and it is gone.
            </EmptyState>
          </Panel>
        )}
      </Grid.Col>
    </Grid>
  );
}
