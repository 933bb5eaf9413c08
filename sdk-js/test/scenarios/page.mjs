// Opens the page of the first argument in the Chromium of the second. Prints its text whenever that has changed,
// and what goes wrong; clicks into it for each line on standard input.
import { createInterface } from 'node:readline';
import puppeteer from 'puppeteer-core';

/** No sandbox in containers, nothing that calls home. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--no-first-run'];
const LOOK_MS = 100;

const [url, executablePath] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath, args: FLAGS, timeout: 120_000, protocolTimeout: 120_000 });
const page = await browser.newPage();
page.on('pageerror', (error) => console.log('the page fails:', error));
page.on('console', (message) => console.log('the page says:', message.text()));
await page.goto(url);
createInterface({ input: process.stdin })
  .on('line', () => page.click('body'))
  .on('close', () => browser.close().then(() => process.exit(0)));

let shown = '';
setInterval(async () => {
  const text = await page.evaluate('document.body.innerText');
  if (text !== shown) console.log((shown = text));
}, LOOK_MS);
