import { Button, Group, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { Choice } from '@/forms/Choice';
import { CapabilityEditor } from '@/capability/CapabilityEditor';
import { Panel } from '@/parts/Panel';
import { OPERATION_MEANS, OPERATIONS } from '@/rules/operations';
import type { Key } from '../keys/keys';
import { isGood } from '../keys/state';
import type { Asked, Question } from './question';

export function QuestionForm(props: {
  value: Question;
  onChange: (question: Question) => void;
  keys: readonly Key[] | undefined;
  /** Why there are none to choose from. */
  keysFault: string | undefined;
  fault: { readonly field: string; readonly fault: string } | null;
  busy: boolean;
  onAsk: () => void;
}) {
  const { value, onChange } = props;
  const faultOf = (field: string): string | undefined => (props.fault?.field === field ? props.fault.fault : undefined);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onAsk();
      }}
    >
      <Panel title="May this client do that?">
        <Stack gap="md">
          <SegmentedControl
            aria-label="Who asks"
            fullWidth
            value={value.asked}
            onChange={(asked) => onChange({ ...value, asked: asked as Asked })}
            data={[
              { value: 'credential', label: 'A credential' },
              { value: 'key', label: 'A token of a key' },
              { value: 'capabilities', label: 'Capabilities' },
            ]}
          />
          <Holder {...props} faultOf={faultOf} />
          <Choice
            label="Operation"
            description={OPERATION_MEANS[value.operation]}
            data={OPERATIONS}
            value={value.operation}
            onChange={(operation) => onChange({ ...value, operation })}
          />
          <TextInput
            label="Channel"
            placeholder="chat:room-7"
            spellCheck={false}
            autoComplete="off"
            value={value.channel}
            error={faultOf('channel')}
            onChange={(event) => onChange({ ...value, channel: event.currentTarget.value })}
          />
          <Group grow align="flex-start">
            <TextInput
              label="Origin of the page"
              placeholder="https://app.example"
              description="Empty: not a browser."
              value={value.origin}
              maxLength={300}
              onChange={(event) => onChange({ ...value, origin: event.currentTarget.value })}
            />
            {value.operation === 'publish' && (
              <TextInput
                label="Bytes of the message"
                placeholder="0"
                description="Of what would be published."
                inputMode="numeric"
                value={value.messageBytes}
                error={faultOf('messageBytes')}
                onChange={(event) => onChange({ ...value, messageBytes: event.currentTarget.value })}
              />
            )}
          </Group>
          <Button type="submit" loading={props.busy}>
            Explain
          </Button>
        </Stack>
      </Panel>
    </form>
  );
}

function Holder(props: { value: Question; onChange: (question: Question) => void; keys: readonly Key[] | undefined; keysFault: string | undefined; faultOf: (field: string) => string | undefined }) {
  const { value, onChange, faultOf } = props;
  if (value.asked === 'credential') {
    return (
      <PasswordInput
        label="Credential"
        description="A key with its secret, a key name alone, a token or a ticket. It is asked about and kept nowhere."
        placeholder="482913.k1:… or eyJ…"
        autoComplete="off"
        spellCheck={false}
        value={value.credential}
        error={faultOf('credential')}
        onChange={(event) => onChange({ ...value, credential: event.currentTarget.value })}
      />
    );
  }
  const client = (
    <TextInput
      label="clientId of the token"
      placeholder="ada"
      description="Empty: an anonymous client."
      value={value.clientId}
      maxLength={255}
      onChange={(event) => onChange({ ...value, clientId: event.currentTarget.value })}
    />
  );
  if (value.asked === 'key') {
    return (
      <>
        <Choice
          label="Key"
          description="As a token would be answered that has all that the key may grant. For the key itself, paste it as a credential."
          placeholder="Choose a key"
          data={(props.keys ?? []).map((key) => ({ value: key.id, label: `${key.name} · ${key.keyName}${isGood(key, Date.now()) ? '' : ' · ended'}` }))}
          value={value.keyId}
          error={faultOf('keyId') ?? props.keysFault}
          onChange={(keyId) => onChange({ ...value, keyId })}
        />
        {client}
      </>
    );
  }
  return (
    <>
      <div>
        <Text size="sm" fw={500} mb={4}>
          Capabilities, as a token would have them
        </Text>
        <CapabilityEditor of="token" value={value.grants} onChange={(grants) => onChange({ ...value, grants })} shownFaults={faultOf('grants') !== undefined} />
      </div>
      {client}
    </>
  );
}
