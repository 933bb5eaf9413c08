import { TextInput } from '@mantine/core';
import type { Called } from './called';

/** What it is called, and the URL that is. `example`: what stands in the empty fields. */
export function NameAndUrl(props: { value: Called; faults: Partial<Record<keyof Called, string>>; onChange: (change: Partial<Called>) => void; example: Called; description: string }) {
  const { value, faults, onChange, example } = props;
  return (
    <>
      <TextInput label="Name" placeholder={example.name} maxLength={100} maw={420} value={value.name} error={faults.name} onChange={(event) => onChange({ name: event.currentTarget.value })} />
      <TextInput
        label="URL"
        description={props.description}
        placeholder={example.url}
        spellCheck={false}
        autoComplete="off"
        maxLength={2048}
        value={value.url}
        error={faults.url}
        onChange={(event) => onChange({ url: event.currentTarget.value })}
      />
    </>
  );
}
