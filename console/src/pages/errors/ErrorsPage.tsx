import { Alert, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Search, SearchX } from 'lucide-react';
import { useState } from 'react';
import { allErrors, errorOf, findErrors } from '@/catalogue/catalogue';
import { EmptyState } from '@/parts/EmptyState';
import { AnchorLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { ErrorRowView } from './ErrorRowView';

/** Every refusal of the gateway, on every interface: /errors?code=40301 shows one. */
export function ErrorsPage() {
  const { code: inAddress } = useSearch({ from: '/signed-in/errors' });
  // Whoever types leaves the one code at once; the address comes some moments later.
  const [left, leave] = useState<number>();
  if (inAddress !== left && left !== undefined) leave(undefined);
  const code = inAddress === left ? undefined : inAddress;
  const navigate = useNavigate();
  const [words, setWords] = useState('');
  const [wanted] = useDebouncedValue(words, 120);
  const one = code === undefined ? undefined : errorOf(code);
  const rows = one ? [one] : findErrors(wanted);
  const search = (text: string): void => {
    setWords(text);
    leave(inAddress);
    if (inAddress !== undefined) void navigate({ to: '/errors', search: {}, replace: true });
  };
  return (
    <>
      <PageHeader
        title="Error catalogue"
        description="Each refusal is one row, whatever the client speaks: the first three digits are the HTTP status. Which rule decided is told to you alone, never to who was refused."
      />
      <TextInput
        mb="lg"
        maw={480}
        type="search"
        aria-label="Search the catalogue"
        placeholder="A code, a word, a close code…"
        leftSection={<Search size={15} aria-hidden />}
        value={code === undefined ? words : String(code)}
        onChange={(event) => search(event.currentTarget.value)}
      />
      {code !== undefined && !one && (
        <Alert color="yellow" variant="light" mb="lg" title={`${code} is not in this catalogue`}>
          The gateway may be newer than this page. Its own catalogue is at /docs/errors.
        </Alert>
      )}
      {rows.length === 0 ? (
        <EmptyState icon={SearchX} title="No row has all of these words">
          Try fewer of them, or a code alone.
        </EmptyState>
      ) : (
        <Panel flush>
          {rows.map((row) => (
            <ErrorRowView key={row.code} row={row} open={one !== undefined} />
          ))}
        </Panel>
      )}
      <Text size="sm" c="dimmed" mt="md">
        {one ? (
          <AnchorLink to="/errors" search={{}}>
            All {allErrors().length} rows
          </AnchorLink>
        ) : (
          `${rows.length} of ${allErrors().length} rows`
        )}
      </Text>
    </>
  );
}
