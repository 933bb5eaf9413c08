import { NativeSelect, type NativeSelectProps } from '@mantine/core';

/**
 * One of a few, by the browser's own list: it opens fast on a phone, is known to every screen reader, and costs a page
 * nothing. `placeholder`: shown while nothing is chosen.
 */
export function Choice<Value extends string>({
  placeholder,
  value,
  onChange,
  data,
  ...rest
}: Omit<NativeSelectProps, 'value' | 'onChange' | 'data'> & {
  placeholder?: string;
  value: Value | '';
  onChange: (value: Value) => void;
  data: readonly (Value | { readonly value: Value; readonly label: string })[];
}) {
  const options = data.map((one) => (typeof one === 'string' ? { value: one, label: one } : { value: one.value, label: one.label }));
  return (
    <NativeSelect
      {...rest}
      data={placeholder === undefined ? options : [{ value: '', label: placeholder, disabled: true }, ...options]}
      value={value}
      onChange={(event) => {
        const chosen = options.find((one) => one.value === event.currentTarget.value);
        if (chosen) onChange(chosen.value);
      }}
    />
  );
}
