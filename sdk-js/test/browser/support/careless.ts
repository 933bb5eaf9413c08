/**
 * Text of a function for a page: a client of this gateway, and `begin()`, which starts everything that takes a while, as a
 * program does that waits for none of it.
 */
export const open = `(url, transport) => {
  const opened = { loops: [] };
  opened.ready = import('/sdk/index.js').then(({ Tidegate }) => {
    const tidegate = (opened.tidegate = new Tidegate({ url, token: () => window.freshToken(), transports: [transport] }));
    const listen = async (channel) => {
      for await (const message of channel.subscribe());
    };
    opened.begin = () => {
      const channel = tidegate.channel('news:' + Math.random());
      channel.subscribe(() => undefined, { rewind: 5 });
      opened.loops.push(listen(channel));
      channel.publish([{ data: 1 }, { data: 2 }]);
      tidegate.channel('news:sealed', { cipherKey: new Uint8Array(32) }).publish({ data: 3 });
      channel.presence.subscribe(() => undefined);
      channel.presence.enter({ mood: 'careless' });
      channel.presence.update({ mood: 'still' });
      tidegate.channel('news:entered').presence.enter();
    };
    opened.connected = () => new Promise((resolve) => {
      const look = () => tidegate.connection.state === 'connected' && resolve();
      tidegate.connection.on(look);
      tidegate.connection.connect();
      look();
    });
    opened.begin();
    return opened.connected();
  });
  return opened;
}`;

/** Text of a function for a page: closes a client in each state, and tells in which it was. */
export const closes = `async (url, transport) => {
  const { Tidegate } = await import('/sdk/index.js');
  const states = [];
  const reach = {
    initialized: () => undefined,
    connecting: ({ tidegate }) => tidegate.connection.connect(),
    connected: (opened) => opened.ready,
    closed: (opened) => opened.ready.then(() => opened.tidegate.close()),
  };
  for (const [state, come] of Object.entries(reach)) {
    const opened = state === 'connected' || state === 'closed' ? (${open})(url, transport) : { tidegate: new Tidegate({ url, token: () => window.freshToken(), transports: [transport] }), loops: [] };
    await come(opened);
    states.push(opened.tidegate.connection.state);
    opened.begin?.();
    opened.tidegate.close();
    await Promise.all(opened.loops);
  }
  return states;
}`;
