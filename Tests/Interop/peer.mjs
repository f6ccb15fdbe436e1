// Encrypts and decrypts with RSA-OAEP out of the parts that node's crypto offers (RFC 7516 §5, RFC 7518 §4.3 and §5): one JSON
// object a line in, one out, as InteropPeer does it. interop.py starts it.
import crypto from 'node:crypto';
import readline from 'node:readline';

const hashes = { 'RSA-OAEP': 'sha1', 'RSA-OAEP-256': 'sha256', 'RSA-OAEP-384': 'sha384', 'RSA-OAEP-512': 'sha512' };
const encode = octets => octets.toString('base64url');
const decode = text => Buffer.from(text, 'base64url');

function padded(alg, jwk, isPrivate) {
  const key = { key: jwk, format: 'jwk' };
  return {
    key: isPrivate ? crypto.createPrivateKey(key) : crypto.createPublicKey(key),
    padding: crypto.constants.RSA_PKCS1_OAEP_PADDING,
    oaepHash: hashes[alg],
  };
}

// RFC 7518 §5.2.2: the first half of the key authenticates, and so does the length of the header in bits.
function codeOf(bits, key, header, vector, sealed) {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(header.length * 8));
  const code = crypto.createHmac(`sha${bits * 2}`, key.subarray(0, bits / 8));
  return code.update(header).update(vector).update(sealed).update(length).digest().subarray(0, bits / 8);
}

function seal(enc, key, header, plaintext) {
  const bits = Number(enc.slice(1, 4));
  const isGCM = enc.endsWith('GCM');
  const vector = crypto.randomBytes(isGCM ? 12 : 16);
  const name = `aes-${bits}-${isGCM ? 'gcm' : 'cbc'}`;
  const cipher = crypto.createCipheriv(name, isGCM ? key : key.subarray(bits / 8), vector);
  if (isGCM) cipher.setAAD(header);
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return [vector, sealed, isGCM ? cipher.getAuthTag() : codeOf(bits, key, header, vector, sealed)];
}

function open(enc, key, header, vector, sealed, tag) {
  const bits = Number(enc.slice(1, 4));
  const isGCM = enc.endsWith('GCM');
  if (!isGCM && !crypto.timingSafeEqual(codeOf(bits, key, header, vector, sealed), tag)) throw new Error('wrong tag');
  const name = `aes-${bits}-${isGCM ? 'gcm' : 'cbc'}`;
  const cipher = crypto.createDecipheriv(name, isGCM ? key : key.subarray(bits / 8), vector);
  if (isGCM) cipher.setAAD(header).setAuthTag(tag);
  return Buffer.concat([cipher.update(sealed), cipher.final()]);
}

function perform({ do: action, alg, enc, key: jwk, payload, message }) {
  if (action === 'encrypt') {
    const key = crypto.randomBytes(Number(enc.slice(1, 4)) / (enc.endsWith('GCM') ? 8 : 4));
    const header = encode(Buffer.from(JSON.stringify({ alg, enc })));
    const parts = [crypto.publicEncrypt(padded(alg, jwk, false), key), ...seal(enc, key, Buffer.from(header), decode(payload))];
    return [header, ...parts.map(encode)].join('.');
  }
  const [header, ...parts] = message.split('.');
  const [wrapped, vector, sealed, tag] = parts.map(decode);
  const key = crypto.privateDecrypt(padded(alg, jwk, true), wrapped);
  return encode(open(enc, key, Buffer.from(header), vector, sealed, tag));
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = { result: perform(JSON.parse(line)) };
  } catch (error) {
    answer = { error: String(error) };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}
