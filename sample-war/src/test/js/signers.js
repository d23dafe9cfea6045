// Signs requests with two independent libraries and prints one answer per line:
// node signers.js BASE_URL KEY_ID SECRET
const http = require('node:http');
const crypto = require('node:crypto');
const { httpbis, createSigner } = require('http-message-signatures');
const cavage = require('http-signature');

const [base, keyId, secret] = process.argv.slice(2);
const body = '{"name": "world"}';

function send(url, method, headers, sign = () => {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers }, (response) => {
      let text = '';
      response.on('data', (part) => (text += part));
      response.on('end', () => resolve(`${response.statusCode} ${text.trim()}`));
    });
    request.on('error', reject);
    sign(request);
    request.end(method === 'POST' ? body : undefined);
  });
}

async function rfc9421(method, path, fields) {
  const digest = crypto.createHash('sha256').update(body).digest('base64');
  const host = new URL(base).host;
  const headers = { host, 'content-type': 'application/json', 'content-length': '17' };
  headers['content-digest'] = `sha-256=:${digest}:`;
  const url = base + path;
  const key = createSigner(secret, 'hmac-sha256', keyId);
  const signed = await httpbis.signMessage({ key, fields }, { method, url, headers });
  return send(url, method, signed.headers);
}

function draft(algorithm) {
  const headers = { host: new URL(base).host, date: new Date().toUTCString() };
  return send(`${base}/ways/cavage?a=%20b`, 'GET', headers, (request) =>
    cavage.sign(request, {
      algorithm, keyId, key: secret, headers: ['(request-target)', 'host', 'date'],
    }));
}

(async () => {
  const all = ['@method', '@target-uri', 'content-digest', 'content-type'];
  const parts = ['@method', '@authority', '@path', '@query', '@query-param;name="a"',
    '@scheme', 'content-digest'];
  console.log(await rfc9421('POST', '/ways/rfc9421?a=%20b', all));
  console.log(await rfc9421('POST', '/ways/rfc9421?a=%20b', parts));
  console.log(await draft('hmac-sha256'));
  console.log(await draft('hmac-sha512'));
})();
