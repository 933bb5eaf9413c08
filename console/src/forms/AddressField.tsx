import { TextInput, type TextInputProps } from '@mantine/core';
import { useTyped } from './use-typed';

/** A field for text that the address has too, so that a colleague sees the same. */
export function AddressField({ value, onChange, ...rest }: Omit<TextInputProps, 'value' | 'onChange'> & { value: string; onChange: (text: string) => void }) {
  const [typed, type] = useTyped(value);
  return (
    <TextInput
      spellCheck={false}
      autoComplete="off"
      {...rest}
      value={typed}
      onChange={(event) => {
        type(event.currentTarget.value);
        onChange(event.currentTarget.value);
      }}
    />
  );
}
