// The rows to replay, in the order in which they happened, each with its channel and a stable id.

import { readFile } from 'node:fs/promises';

/** Where most of the week's earthquakes were; the rest of the world is `elsewhere`. */
const REGIONS = [
  ['caribbean', /Puerto Rico|Virgin Islands|Dominican Republic/],
  ['california', /(CA|California)$/],
  ['nevada', /(NV|Nevada)$/],
  ['alaska', /Alaska$/],
  ['hawaii', /Hawaii$/],
  ['washington', /Washington$/],
  ['montana', /Montana$/],
  ['utah', /Utah$/],
  ['canada', /Canada$/],
  ['taiwan', /Taiwan$/],
];

/** `folder` holds stocks.csv and earthquakes.json of the package vega-datasets. */
export async function readRows(folder) {
  const [csv, geojson] = await Promise.all([
    readFile(new URL('stocks.csv', folder), 'utf8'),
    readFile(new URL('earthquakes.json', folder), 'utf8'),
  ]);
  return interleaved(stocks(csv), quakes(JSON.parse(geojson)));
}

function stocks(csv) {
  const [, ...lines] = csv.trim().split(/\r?\n/);
  const rows = lines.map((line) => {
    const [symbol, day, price] = line.split(',');
    const date = new Date(`${day} UTC`).toISOString().slice(0, 10);
    const data = { symbol, date, price: Number(price) };
    return {
      kind: 'prices',
      at: date,
      channel: `stocks:${symbol}`,
      message: { id: `${symbol}-${date}`, name: 'price', data },
    };
  });
  return rows.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}

function quakes({ features }) {
  const rows = features.map((feature) => ({
    kind: 'earthquakes',
    at: feature.properties.time,
    channel: `quakes:${region(feature.properties.place)}`,
    message: { id: feature.id, name: 'quake', data: feature },
  }));
  return rows.sort((a, b) => a.at - b.at);
}

function region(place) {
  return REGIONS.find(([, pattern]) => pattern.test(place))?.[0] ?? 'elsewhere';
}

/** Both from their beginning to their end, side by side. */
function interleaved(...series) {
  return series
    .flatMap((rows) => rows.map((row, index) => ({ row, part: (index + 1) / rows.length })))
    .sort((a, b) => a.part - b.part)
    .map(({ row }) => row);
}
