import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { browserBundle } from './bundle.js';
import type { Page } from './in-a-page.js';
import { serve } from './serve.js';
import type { Task, TraceHashes } from './trace-hashes.js';

/** Where Debian puts it. */
const usual = '/usr/bin/chromium';

/** No sandbox, so that it runs as root in a container: it loads nothing but our own page. The others keep it quiet. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The path of a Chromium, that in $CHROMIUM if given; undefined where there is none. */
export const chromiumPath = (): string | undefined => {
  const path = process.env.CHROMIUM ?? usual;
  return existsSync(path) ? path : undefined;
};

const inPage = async (browser: Browser, url: string, task: Task): Promise<TraceHashes> => {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(url, { waitUntil: 'load' });
  if (errors.length > 0) throw new Error(`the page could not be loaded: ${errors.join('; ')}`);
  const run = (json: string) => (globalThis as unknown as Page).traceHashes(JSON.parse(json) as Task);
  const hashes = await page.evaluate(run, JSON.stringify(task));
  await page.close();
  return hashes;
};

/** Has a headless Chromium simulate, each task in a page of its own. @throws Error when it can't. */
export const inChromium = async (
  executablePath: string,
  tasks: readonly Task[],
): Promise<{ readonly version: string; readonly hashes: readonly TraceHashes[] }> => {
  const served = await serve(await browserBundle(join(import.meta.dirname, 'in-a-page.js')));
  try {
    const browser = await chromium.launch({ executablePath, args: flags, headless: true });
    try {
      const hashes: TraceHashes[] = [];
      for (const task of tasks) hashes.push(await inPage(browser, served.url, task));
      return { version: browser.version(), hashes };
    } finally {
      await browser.close();
    }
  } finally {
    served.close();
  }
};
