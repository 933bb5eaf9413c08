import { Alert, Group, Text } from '@mantine/core';
import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import type { Schema } from '@/api/client';
import { errorOf } from '@/catalogue/catalogue';
import { Meaning } from '@/catalogue/Meaning';
import { Panel } from '@/parts/Panel';
import { RefusalCode } from '@/parts/RefusalCode';
import classes from './explain.module.css';
import { LeadLink } from './LeadLink';
import { leadOf } from './leads-to';
import { stepTitle } from './steps';

type Step = Schema<'Explanation'>['steps'][number];

export function Answer(props: { explanation: Schema<'Explanation'>; appId: string; tenantId: string }) {
  const { allowed, code, decidedBy, steps } = props.explanation;
  const row = code === null ? undefined : errorOf(code);
  return (
    <>
      <Alert
        color={allowed ? 'tide' : 'red'}
        variant="light"
        mb="lg"
        icon={allowed ? <CircleCheck size={18} aria-hidden /> : <CircleX size={18} aria-hidden />}
        title={allowed ? 'It would be allowed' : `It would be refused${row ? `: ${row.title}` : ''}`}
      >
        <Text size="sm">
          {allowed ? 'Every step passes. Nothing was carried out to find this out.' : row ? <Meaning of={row.meaning} /> : null}{' '}
          {code !== null && (
            <>
              Code <RefusalCode code={code} />.
            </>
          )}
        </Text>
      </Alert>
      <Panel title="Step by step" description="In the order of the real request, taken by the same code, each with its rule as it stands." flush>
        <ol className={classes.steps}>
          {steps.map((step, i) => (
            <StepView key={i} step={step} deciding={step.verdict === 'refuses' && step.step === decidedBy} appId={props.appId} tenantId={props.tenantId} />
          ))}
        </ol>
      </Panel>
    </>
  );
}

function StepView(props: { step: Step; deciding: boolean; appId: string; tenantId: string }) {
  const { step, deciding } = props;
  const found = leadOf(props.appId, step.step, step.rule);
  // A rule that let it pass is worth a link only where it names one thing; the one that decides always.
  const lead = deciding || (step.rule !== null && (found?.to === 'key' || found?.to === 'namespace' || step.verdict === 'not-reached')) ? found : null;
  return (
    <li className={classes.step} data-verdict={step.verdict} data-deciding={deciding || undefined}>
      <VerdictIcon verdict={step.verdict} />
      <div className={classes.words}>
        <Group gap="xs">
          <Text size="sm" fw={deciding ? 650 : 550}>
            {stepTitle(step.step)}
          </Text>
          <code className={classes.name}>{step.step}</code>
          {deciding && <span className={classes.decides}>decides</span>}
        </Group>
        {step.rule !== null && (
          <Text size="sm" component="blockquote" className={classes.rule}>
            {step.rule}
          </Text>
        )}
        {(deciding || step.verdict === 'refuses') && (
          <Text size="sm">
            {step.why}
            {step.code !== null && (
              <>
                {' '}
                (<RefusalCode code={step.code} />)
              </>
            )}
          </Text>
        )}
        {step.verdict === 'not-reached' && (
          <Text size="xs" c="dimmed">
            {step.why}
          </Text>
        )}
        {lead && <LeadLink lead={lead} appId={props.appId} tenantId={props.tenantId} />}
      </div>
    </li>
  );
}

function VerdictIcon({ verdict }: { verdict: Step['verdict'] }) {
  if (verdict === 'passes') return <CircleCheck size={18} className={classes.passes} aria-label="passes" />;
  if (verdict === 'refuses') return <CircleX size={18} className={classes.refuses} aria-label="refuses" />;
  return <CircleDashed size={18} className={classes.unreached} aria-label="not reached" />;
}
