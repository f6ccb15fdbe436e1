// The routes of the Benchmark sample with what node has built in: a process for each core, `node server.mjs PORT CORES [CERTIFICATE KEY]`.
import cluster from 'node:cluster';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';

const [port, cores, certificate, privateKey] = process.argv.slice(2);
const secret = Buffer.from('6f1a1ce2e8cc4a5685ad0e1d1f0b8c092b6dce4f7a08b1c2d3e4f5a6b7c8d9e0', 'hex');
const [issuer, audience] = ['KestrunApi', 'KestrunClients'];
const lifetime = 3600;

function hasSameOctets(given, expected) {
    return given.length === expected.length && timingSafeEqual(given, expected);
}

function signature(input) {
    return createHmac('sha256', secret).update(input).digest();
}

function encoded(value) {
    return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decoded(text) {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
}

function issue(user) {
    const now = Math.floor(Date.now() / 1000);
    const end = now + lifetime;
    const claims = { iss: issuer, aud: audience, sub: user, name: user, role: 'admin', iat: now, nbf: now, exp: end };
    const input = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`;
    return { access_token: `${input}.${signature(input).toString('base64url')}`, expires: new Date(end * 1000).toISOString() };
}

// The user that a token is for, or undefined.
function verified(token) {
    const parts = token.split('.');
    if (parts.length !== 3) return undefined;
    try {
        if (decoded(parts[0]).alg !== 'HS256') return undefined;
        if (!hasSameOctets(Buffer.from(parts[2], 'base64url'), signature(`${parts[0]}.${parts[1]}`))) return undefined;
        const claims = decoded(parts[1]);
        const now = Date.now() / 1000;
        const isMeantForUs = claims.iss === issuer && [claims.aud].flat().includes(audience);
        return isMeantForUs && claims.exp > now && claims.nbf <= now ? claims.name : undefined;
    } catch {
        return undefined;
    }
}

function credentials(request, scheme) {
    const field = request.headers.authorization ?? '';
    return field.startsWith(scheme + ' ') ? field.slice(scheme.length + 1) : '';
}

function answer(response, type, content) {
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(content) });
    response.end(content);
}

function refuse(response, challenge) {
    response.writeHead(401, { 'WWW-Authenticate': challenge, 'Content-Length': 0 });
    response.end();
}

function echo(request, response) {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => answer(response, 'application/octet-stream', Buffer.concat(chunks)));
}

function handle(request, response) {
    const { method, url } = request;
    if (method === 'POST' && url === '/echo') return echo(request, response);
    if (method === 'GET' && url === '/plaintext') return answer(response, 'text/plain; charset=utf-8', 'Hello, World!');
    if (method === 'GET' && url === '/json') {
        return answer(response, 'application/json; charset=utf-8', JSON.stringify({ message: 'Hello, World!' }));
    }
    if (method === 'GET' && url.startsWith('/users/')) {
        return answer(response, 'text/plain; charset=utf-8', decodeURIComponent(url.slice('/users/'.length)));
    }
    if (method === 'GET' && url === '/token/new') {
        const login = Buffer.from(credentials(request, 'Basic'), 'base64');
        if (!hasSameOctets(login, Buffer.from('admin:password'))) return refuse(response, 'Basic realm="Benchmark"');
        return answer(response, 'application/json; charset=utf-8', JSON.stringify(issue('admin')));
    }
    if (method === 'GET' && url === '/secure/jwt/hello') {
        const user = verified(credentials(request, 'Bearer'));
        if (user === undefined) return refuse(response, 'Bearer');
        return answer(response, 'text/plain; charset=utf-8', `JWT Hello ${user}`);
    }
    response.writeHead(404, { 'Content-Length': 0 });
    response.end();
}

if (cluster.isPrimary) {
    for (let core = 0; core < Number(cores); core++) cluster.fork();
} else {
    const server = certificate
        ? https.createServer({ cert: readFileSync(certificate), key: readFileSync(privateKey) }, handle)
        : http.createServer(handle);
    server.keepAliveTimeout = 75_000;
    server.listen(Number(port), '127.0.0.1');
}
