import { chromium } from 'playwright-core';
import { ensureBrowser } from './ensure.mjs';

/**
 * Starts the system's Chromium with a profile of its own, gone when the browser is.
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchBrowser() {
  return await chromium.launch({
    executablePath: await ensureBrowser(),
    headless: process.env.ANTON_HEADED === undefined,
    args: [
      // Chromium's own sandbox does not start as root, nor where user namespaces are restricted.
      '--no-sandbox',
      '--disable-gpu',
      // Containers often have a /dev/shm of 64 MB, too small for a workbench.
      '--disable-dev-shm-usage',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
