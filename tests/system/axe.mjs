// node axe.mjs JOB: opens a page in Chromium and prints what axe-core and the page itself have to say, as JSON.
// JOB is JSON: {chromium: its path, page: a file:// address, script, dark, viewport}; chromium.py says what they mean.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const job = JSON.parse(process.argv[2]);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const browser = await chromium.launch({
  executablePath: job.chromium,
  headless: true,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ],
});
try {
  const context = await browser.newContext({
    colorScheme: job.dark ? "dark" : "light",
    locale: "en-GB",
    offline: true,
    viewport: job.viewport,
  });
  const page = await context.newPage();
  const errors = [];
  const requests = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) errors.push(message.text());
  });
  page.on("request", (request) => {
    const address = request.url();
    if (address !== job.page && !/^(data|blob):/.test(address)) requests.push(address);
  });

  await page.goto(job.page, { waitUntil: "load" });
  const value = job.script ? await page.evaluate(`(async () => {${job.script}\n})()`) : undefined;
  await page.evaluate(axe);
  const found = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })");
  const violations = found.violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(" ")).join("; ")})`,
  );
  console.log(JSON.stringify({ violations, errors, requests, value: value ?? null }));
} finally {
  await browser.close();
}
