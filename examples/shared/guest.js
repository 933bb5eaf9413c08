/** Who this page is: `?name=`, else somebody new. */
export const me = new URLSearchParams(location.search).get('name') ?? `Guest ${Math.ceil(Math.random() * 999)}`;

/** The SDK's token provider: asks the example's own server, whenever one is needed. */
export async function token() {
  const answer = await fetch(`/token?name=${encodeURIComponent(me)}`);
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()).token;
}

/** Shows who this page is in #me, and the connection's state in #status. */
export function showConnection(tidegate) {
  const [name, status] = ['#me', '#status'].map((id) => document.querySelector(id));
  if (name) name.textContent = `you are ${me}`;
  const show = () => {
    status.dataset.state = tidegate.connection.state;
    status.textContent = tidegate.connection.state;
  };
  tidegate.connection.on(show);
  show();
}
