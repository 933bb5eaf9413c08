import type { ReactNode } from 'react';
import { AnchorLink } from '@/parts/links';
import { Panel } from '@/parts/Panel';
import { TableSkeleton } from '@/parts/Skeletons';
import classes from './ConnectionFacts.module.css';
import type { ConnectionDetail } from './ConnectionPage';

/** What does not change while it is open. */
export function ConnectionFacts({ appId, connection }: { appId: string; connection: ConnectionDetail | undefined }) {
  return (
    <div className={classes.panel}>
      <Panel>
        {connection ? (
          <dl className={classes.facts}>
            <Fact name="Client">
              {connection.clientId === undefined ? (
                'anonymous'
              ) : (
                <AnchorLink inherit to="/apps/$appId/connections" params={{ appId }} search={{ client: connection.clientId }}>
                  {connection.clientId}
                </AnchorLink>
              )}
            </Fact>
            <Fact name="Transport">{connection.transport}</Fact>
            <Fact name="Protocol">{connection.protocol}</Fact>
            <Fact name="Address" mono>
              {connection.address}
            </Fact>
            <Fact name={connection.console ? 'Opened by' : 'Key'} mono>
              {connection.console ? 'a person in this console' : connection.keyName}
            </Fact>
            <Fact name="Node" mono>
              {connection.nodeId}
            </Fact>
          </dl>
        ) : (
          <TableSkeleton rows={1} columns={4} />
        )}
      </Panel>
    </div>
  );
}

function Fact({ name, mono = false, children }: { name: string; mono?: boolean; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd className={mono ? 'tg-mono' : undefined}>{children}</dd>
    </div>
  );
}
