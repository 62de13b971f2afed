// Supabase's sync engine behind a bare HTTP server; it works an event off before it answers.
// Arguments: database address, port, Stripe's address, path of the webhook, its secret.
const http = require("node:http");
const { StripeSync, runMigrations } = require("@supabase/stripe-sync-engine");
const Stripe = require("stripe");

const [database, port, stripeAddress, path, secret] = process.argv.slice(2);
const KEY = "sk_test_bench";

function makeEngine() {
  const engine = new StripeSync({
    poolConfig: { connectionString: database, max: 10 },
    stripeSecretKey: KEY,
    stripeWebhookSecret: secret,
    revalidateObjectsViaStripeApi: ["subscription"],
  });
  const { hostname, port: stripePort } = new URL(stripeAddress);
  engine.stripe = new Stripe(KEY, { host: hostname, port: stripePort, protocol: "http" });
  return engine;
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

async function answer(engine, request) {
  if (request.url !== path) return 404;
  try {
    await engine.processWebhook(await bodyOf(request), request.headers["stripe-signature"]);
    return 200;
  } catch (error) {
    console.error(error);
    return 500;
  }
}

async function main() {
  await runMigrations({ schema: "stripe", databaseUrl: database });
  const engine = makeEngine();
  const server = http.createServer(async (request, response) => {
    const status = await answer(engine, request);
    response.writeHead(status, { "content-type": "application/json", "content-length": 2 });
    response.end("{}");
  });
  server.listen(Number(port), "127.0.0.1");
}

main();
