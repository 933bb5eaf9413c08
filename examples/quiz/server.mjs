// Asks, judges and keeps the leaderboard. Players may only answer; questions and scores are the server's alone.

import { Tidegate } from '../../sdk-js/dist/index.js';
import { ensureNamespace, gatewayKey, url } from '../shared/gateway.mjs';
import { serve } from '../shared/serve.mjs';
import { Game } from './game.mjs';

const ASK_EVERY_MS = Number(process.env.QUIZ_EVERY_MS ?? 15_000);
/** 500 answers in a second make 20 leaderboards, not 500. */
const SCORES_EVERY_MS = 50;
const QUESTIONS = [
  { text: 'How many tides a day have most coasts?', options: ['One', 'Two', 'Four'], right: 1 },
  { text: 'What raises them most?', options: ['The wind', 'The sun', 'The moon'], right: 2 },
  { text: 'Where do they differ most?', options: ['Bay of Fundy', 'The Baltic', 'Lake Geneva'], right: 0 },
];

const key = await gatewayKey();
await ensureNamespace(key, 'quiz-scores', { pattern: 'quiz:scores', conflate: 'latest' });
const tidegate = new Tidegate({ url, key });
const [asked, answers, scores] = ['game', 'answers', 'scores'].map((name) => tidegate.channel(`quiz:${name}`));
const game = new Game();
let planned;
await answers.subscribe((answer) => {
  game.take(answer);
  planned ??= setTimeout(() => {
    planned = undefined;
    scores.publish({ data: game.standing() });
  }, SCORES_EVERY_MS);
}).ready;

let n = Date.now(); // unlike those of an earlier run
function ask() {
  const { text, options, right } = QUESTIONS[++n % QUESTIONS.length];
  game.ask({ n, right });
  asked.publish({ data: { n, text, options } });
}
await serve(import.meta.url, {
  'GET /token': (query) =>
    tidegate.tokens.create({
      clientId: query.get('name'),
      capabilities: { 'quiz:answers': ['publish'], 'quiz:game': ['subscribe'], 'quiz:scores': ['subscribe'] },
    }),
});
ask();
setInterval(ask, ASK_EVERY_MS);
