import { Badge, Group, SimpleGrid, Text, UnstyledButton } from '@mantine/core';
import { ChevronRight } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import type { Schema } from '@/api/client';
import { errorOf, RETRY_MEANS } from '@/catalogue/catalogue';
import { Meaning } from '@/catalogue/Meaning';
import { AnchorLink } from '@/parts/links';
import { RefusalCode } from '@/parts/RefusalCode';
import { exact, RelativeTime } from '@/parts/RelativeTime';
import { channelNameFault } from '@/rules/channel-name';
import { isOperation } from '@/rules/operations';
import { LeadLink } from '../explain/LeadLink';
import { leadOf } from '../explain/leads-to';
import { stepTitle } from '../explain/steps';
import type { QuestionSearch } from '../explain/search';
import classes from './refusals.module.css';

type Refusal = Schema<'Refusal'>;

/** One refusal: a line that opens into what it was, why, and what to do. */
export function RefusalRow(props: { refusal: Refusal; appId: string; tenantId: string; open: boolean }) {
  const { refusal } = props;
  const [open, setOpen] = useState(props.open);
  const details = useId();
  return (
    <article className={classes.row} data-open={open || undefined}>
      <UnstyledButton className={classes.head} aria-expanded={open} aria-controls={details} onClick={() => setOpen(!open)}>
        <ChevronRight size={15} className={classes.chevron} aria-hidden />
        <span className="tg-mono">{refusal.code}</span>
        <span className={classes.what}>
          <b>{errorOf(refusal.code)?.title ?? refusal.slug}</b>
          <span className={classes.where}>
            {refusal.operation ?? 'something'}
            {refusal.channel !== null && <> on {refusal.channel}</>}
            {refusal.clientId !== null && <> by {refusal.clientId}</>}
          </span>
        </span>
        {!refusal.proven && <Badge color="gray">not proven</Badge>}
        <Text span size="xs" c="dimmed">
          <RelativeTime at={refusal.at} />
        </Text>
      </UnstyledButton>
      <div id={details} hidden={!open} className={classes.details}>
        {open && <Details {...props} />}
      </div>
      {refusal.leftOut > 0 && (
        <Text size="xs" c="dimmed" px={44} pb={10}>
          and {refusal.leftOut.toLocaleString('en')} more of this flood, which the node did not keep
        </Text>
      )}
    </article>
  );
}

function Details({ refusal, appId, tenantId }: { refusal: Refusal; appId: string; tenantId: string }) {
  const row = errorOf(refusal.code);
  const lead = leadOf(appId, refusal.step, refusal.rule);
  const question = questionOf(refusal);
  return (
    <>
      <Section title="What">
        <Text size="sm">{refusal.detail}</Text>
      </Section>
      <Section title="Why">
        <Text size="sm">
          {stepTitle(refusal.step)} No. <code>{refusal.step}</code>
        </Text>
        <Text size="sm" component="blockquote" className={classes.rule}>
          {refusal.rule}
        </Text>
        {!refusal.proven && (
          <Text size="sm" c="dimmed">
            No secret was shown that is the key’s own: it only named the key or the app, which anybody can.
          </Text>
        )}
      </Section>
      <Section title="What to do">
        <Text size="sm">
          {row ? (
            <>
              <Meaning of={row.meaning} /> Trying again: {RETRY_MEANS[row.retry]}
            </>
          ) : (
            'This console does not know the code: the gateway may be newer.'
          )}
        </Text>
        <Group gap="md" mt={6}>
          {lead && <LeadLink lead={lead} appId={appId} tenantId={tenantId} />}
          {question && (
            <AnchorLink to="/apps/$appId/explain" params={{ appId }} search={question} size="sm">
              Explain it as things are now
            </AnchorLink>
          )}
          <Text size="sm">
            Catalogue: <RefusalCode code={refusal.code} />
          </Text>
        </Group>
      </Section>
      <Facts refusal={refusal} />
    </>
  );
}

function Section(props: { title: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <Text component="h2" size="xs" fw={600} c="dimmed" m={0}>
        {props.title}
      </Text>
      <div>{props.children}</div>
    </section>
  );
}

function Facts({ refusal }: { refusal: Refusal }) {
  const facts: readonly (readonly [string, string | null])[] = [
    ['When', exact(new Date(refusal.at))],
    ['Protocol', refusal.protocol],
    ['Request', refusal.requestId],
    ['Key', refusal.keyName],
    ['Connection', refusal.connectionId],
    ['Address', refusal.address],
  ];
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} mt="sm" spacing="sm">
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name}>
            <Text size="xs" c="dimmed">
              {name}
            </Text>
            <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
              {name === 'When' ? value : <span className="tg-mono">{value}</span>}
            </Text>
          </div>
        ))}
    </SimpleGrid>
  );
}

/** The same question for `explain`, where it can be asked there. */
function questionOf(refusal: Refusal): QuestionSearch | null {
  if (!isOperation(refusal.operation) || refusal.channel === null || channelNameFault(refusal.channel) !== null) return null;
  const keyId = refusal.keyName?.split('.')[1];
  return {
    operation: refusal.operation,
    channel: refusal.channel,
    ...(refusal.clientId === null ? {} : { clientId: refusal.clientId }),
    ...(keyId === undefined ? {} : { keyId }),
  };
}
