import { Alert, Grid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { MessageCircleQuestionMark } from 'lucide-react';
import { useState } from 'react';
import { api, take, type Schema } from '@/api/client';
import { useApp } from '@/api/queries';
import { useRole } from '@/api/session';
import { appRoute } from '@/app/parents';
import { NeedsRole } from '@/forms/NeedsRole';
import { useAct } from '@/forms/use-act';
import { EmptyState } from '@/parts/EmptyState';
import { AnchorLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { RefusalCode } from '@/parts/RefusalCode';
import { RelativeTime } from '@/parts/RelativeTime';
import { allKeysQuery, type Key } from '../keys/keys';
import { isGood } from '../keys/state';
import { Answer } from './Answer';
import { NO_QUESTION, requestOf, type Question } from './question';
import { QuestionForm } from './QuestionForm';
import type { QuestionSearch } from './search';

export function ExplainPage() {
  const { appId } = appRoute.useParams();
  const app = useApp(appId);
  const may = useRole(app.tenantId);
  const search = useSearch({ from: '/signed-in/apps/$appId/explain' });
  const keys = useQuery(allKeysQuery(appId));
  const [question, setQuestion] = useState<Question>(() => begun(search));
  const [fault, setFault] = useState<{ readonly field: string; readonly fault: string } | null>(null);
  const [explanation, setExplanation] = useState<Schema<'Explanation'> | null>(null);
  const { busy, error, act } = useAct();
  const key = question.asked === 'key' ? keys.data?.find(({ id }) => id === question.keyId) : undefined;

  const ask = (): void => {
    const asked = requestOf(question, key);
    setFault('fault' in asked ? asked : null);
    if ('fault' in asked) return;
    void act(async () => {
      setExplanation(null);
      setExplanation(await take(api.POST('/v1/apps/{appId}/explain', { params: { path: { appId } }, body: asked.request })));
    });
  };
  const change = (next: Question): void => {
    setQuestion(next);
    setFault(null);
    setExplanation(null);
  };

  return (
    <>
      <PageHeader
        title="Explain"
        description={
          <>
            Asks the code that decides for clients, step by step: nothing is carried out, counted or taken of a rate. What was refused already is under{' '}
            <AnchorLink to="/apps/$appId/refusals" params={{ appId }} underline="always">
              Refusals
            </AnchorLink>
            .
          </>
        }
      />
      {may('developer') ? (
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, md: 5 }}>
            <QuestionForm value={question} onChange={change} keys={keys.data} keysFault={keys.error?.message} fault={fault} busy={busy} onAsk={ask} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 7 }} aria-live="polite">
            {key && !isGood(key, Date.now()) && <EndedKey of={key} />}
            {error !== null && <RefusalAlert error={error} />}
            {explanation !== null ? (
              <Answer explanation={explanation} appId={appId} tenantId={app.tenantId} />
            ) : (
              error === null && (
                <Panel>
                  <EmptyState icon={MessageCircleQuestionMark} title="The answer, rule by rule">
                    Say who asks, what for and where. You see each rule that is looked at as it stands now, and the one that decides.
                  </EmptyState>
                </Panel>
              )
            )}
          </Grid.Col>
        </Grid>
      ) : (
        <Panel>
          <NeedsRole role="developer" what="Explanations" />
        </Panel>
      )}
    </>
  );
}

/** What comes before all that is asked of a token's capabilities. */
function EndedKey({ of: key }: { of: Key }) {
  const revoked = key.revokedAt !== null;
  return (
    <Alert color="red" variant="light" mb="lg" title={revoked ? 'This key is revoked' : 'This key has expired'}>
      It ended <RelativeTime at={key.revokedAt ?? key.expiresAt} />, so each of its tokens is refused first of all with{' '}
      <RefusalCode code={revoked ? 40131 : 40132} />. The answer below is that of a token of a key that is good.
    </Alert>
  );
}

function begun(search: QuestionSearch): Question {
  return {
    ...NO_QUESTION,
    asked: search.keyId === undefined ? NO_QUESTION.asked : 'key',
    keyId: search.keyId ?? '',
    operation: search.operation ?? NO_QUESTION.operation,
    channel: search.channel ?? '',
    clientId: search.clientId ?? '',
    origin: search.origin ?? '',
  };
}
