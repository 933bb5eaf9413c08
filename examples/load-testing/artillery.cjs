// The key from the environment, as HTTP wants it.
module.exports = {
  credentials(context, _events, done) {
    context.vars.authorization = `Basic ${Buffer.from(process.env.KEY).toString('base64')}`;
    return done();
  },
};
