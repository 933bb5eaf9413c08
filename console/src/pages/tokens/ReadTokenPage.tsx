import { appRoute } from '@/app/parents';
import { ReadToken } from './ReadToken';
import { TokensHeader } from './TokensHeader';

export function ReadTokenPage() {
  const { appId } = appRoute.useParams();
  return (
    <>
      <TokensHeader appId={appId} />
      <ReadToken appId={appId} />
    </>
  );
}
