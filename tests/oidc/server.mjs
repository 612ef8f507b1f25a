// A certified OpenID provider (npm oidc-provider) for the tests. Accounts, clients and keys are what the test says.
//
// Started as `node server.mjs`; AMPELHAUS_TEST_OIDC is the directory with its node_modules. Prints its issuer in one line.
// POST /test/set with JSON changes what is there: { clients, accounts, keys, idTokenClaims }. Another name of `keys` means
// other keys: the provider changes them as a real one does, and keeps its sessions.
import { createRequire } from 'node:module';
import { generateKeyPairSync } from 'node:crypto';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const home = process.env.AMPELHAUS_TEST_OIDC;
if (!home) throw new Error('AMPELHAUS_TEST_OIDC is not set');
const require = createRequire(path.join(home, 'package.json'));
const { Provider } = await import(pathToFileURL(require.resolve('oidc-provider')));

const state = { clients: [], accounts: {}, keys: 'one', idTokenClaims: true };
const keys = {};
let issuer;
let provider;
let handle;

function keyOf(name) {
  keys[name] ??= { ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), kid: name, use: 'sig', alg: 'RS256' };
  return keys[name];
}

function make() {
  provider = new Provider(issuer, {
    clients: state.clients,
    jwks: { keys: [keyOf(state.keys)] },
    cookies: { keys: ['only for tests'] },
    conformIdTokenClaims: !state.idTokenClaims,
    claims: { openid: ['sub', 'acr', 'amr', 'auth_time'], profile: ['name', 'groups'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...state.accounts[id]?.claims }) }),
    // Whoever logs in agrees.
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  });
  provider.on('server_error', (_, error) => console.error(error));
  handle = provider.callback();
}

async function body(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function interaction(request, response) {
  const details = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="de"><title>Anmeldedienst</title><main><h1>Anmeldedienst</h1><form method="post" action="/interaction/${details.uid}">
      <label>Kennung <input name="login"></label><button name="what" value="in">Anmelden</button><button name="what" value="no" formnovalidate>Abbrechen</button></form></main>`);
    return;
  }
  const sent = new URLSearchParams(await body(request));
  const id = sent.get('login');
  const { amr, acr } = state.accounts[id] ?? {};
  const result = sent.get('what') === 'no'
    ? { error: 'access_denied', error_description: 'cancelled' }
    : { login: { accountId: id, ...(amr && { amr }), ...(acr && { acr }) } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const server = http.createServer(async (request, response) => {
  try {
    if (request.url === '/test/set' && request.method === 'POST') {
      Object.assign(state, JSON.parse(await body(request)));
      make();
      response.end('ok');
    } else if (request.url.startsWith('/interaction/')) {
      await interaction(request, response);
    } else {
      handle(request, response);
    }
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
});

server.listen(0, '127.0.0.1', () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  make();
  console.log(issuer);
});
