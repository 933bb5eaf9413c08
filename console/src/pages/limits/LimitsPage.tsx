import { Alert, Button, Group, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take, type Schema } from '@/api/client';
import { tenantQuery, useTenant } from '@/api/queries';
import { useSession } from '@/api/session';
import { tenantRoute } from '@/app/parents';
import { useAct } from '@/forms/use-act';
import { changedLimits, inputOf, LIMIT_GROUPS, LIMIT_NAMES, readLimit, type LimitInput, type LimitName, type Limits } from '@/limits/fields';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { said } from '@/parts/toast';
import { LimitRow } from './LimitRow';
import { isPeak, peaksQuery } from './peaks';

type Inputs = Record<LimitName, LimitInput>;

/** What a tenant may at most, what it used of it, and, for operators, a form. */
export function LimitsPage() {
  const { tenantId } = tenantRoute.useParams();
  const tenant = useTenant(tenantId);
  const operator = useSession().account.operator;
  const queries = useQueryClient();
  const { data: peaks, error: unread } = useQuery(peaksQuery(tenantId));
  const [inputs, setInputs] = useState<Inputs | null>(null);
  const { busy, error, act, clear } = useAct();
  const limits: Limits = tenant.limits;
  const read = inputs === null ? null : readAll(inputs);
  const changed = read === null || 'faults' in read ? {} : changedLimits(limits, read.limits);

  const save = (): void => {
    if (Object.keys(changed).length === 0) return;
    void act(async () => {
      await take(api.PATCH('/v1/tenants/{tenantId}', { params: { path: { tenantId } }, body: { limits: changed as Schema<'TenantLimits'> } }));
      await queries.invalidateQueries({ queryKey: tenantQuery(tenantId).queryKey });
      setInputs(null);
      said('The limits are changed. They apply live: nobody is disconnected.');
    });
  };
  const stop = (): void => {
    setInputs(null);
    clear();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <PageHeader
        title="Limits"
        description="What all apps of the tenant may together at most. Limits degrade, they do not cut off: who is over one is refused with a code and when to try again; warnings start at 80 %."
        actions={
          operator && inputs === null ? <Button onClick={() => setInputs(allInputs(limits))}>Change them</Button> : undefined
        }
      />
      <Stack gap="lg">
        {!operator && (
          <Alert variant="light" color="gray">
            Limits are changed by those who run the installation. Ask them for more.
          </Alert>
        )}
        {unread && !peaks && <RefusalAlert error={unread} title="What was used of them is not known" />}
        {LIMIT_GROUPS.map(({ title, limits: names }) => (
          <Panel key={title} title={title} flush>
            {names.map((name) => (
              <LimitRow
                key={name}
                name={name}
                limit={limits[name]}
                peak={isPeak(name) && !(unread && !peaks) ? peaks?.[name] : null}
                input={inputs?.[name] ?? null}
                fault={read !== null && 'faults' in read ? read.faults[name] : undefined}
                onChange={(input) => setInputs((now) => (now === null ? now : { ...now, [name]: input }))}
              />
            ))}
          </Panel>
        ))}
        {error !== null && <RefusalAlert error={error} />}
        {inputs !== null && (
          <Group gap="xs">
            <Button type="submit" loading={busy} disabled={Object.keys(changed).length === 0}>
              Save {Object.keys(changed).length > 0 && `${Object.keys(changed).length} changed`}
            </Button>
            <Button variant="default" onClick={stop}>
              Cancel
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

function allInputs(limits: Limits): Inputs {
  return Object.fromEntries(LIMIT_NAMES.map((name) => [name, inputOf(limits[name])])) as Inputs;
}

function readAll(inputs: Inputs): { readonly limits: Limits } | { readonly faults: Partial<Record<LimitName, string>> } {
  const faults: Partial<Record<LimitName, string>> = {};
  const limits: Partial<Record<LimitName, number | null>> = {};
  for (const name of LIMIT_NAMES) {
    const read = readLimit(name, inputs[name]);
    if ('fault' in read) faults[name] = read.fault;
    else limits[name] = read.value;
  }
  return Object.keys(faults).length > 0 ? { faults } : { limits: limits as Limits };
}
